package dev.tutti.core.surface;

import dev.tutti.core.Problem;

/** How a surface knows who calls. Endpoints for anyone are never asked about. */
public sealed interface Authentication {

  /** By a token that this instance gave out, as our own API does it; see {@link Callers}. */
  record Tokens() implements Authentication {}

  /** By a scheme of an existing API. Called for every request, on its thread; never blocks long. */
  non-sealed interface Scheme extends Authentication {

    /**
     * Judges a request.
     *
     * @param role what the endpoint demands
     * @param request its body must be left alone
     */
    Verdict judge(Role role, Request request);
  }

  /** What came of it. */
  sealed interface Verdict {

    /** The caller may. */
    record Admitted(Caller caller) implements Verdict {}

    /**
     * The caller may not.
     *
     * @param problem with status 401 or 403
     * @param challenge what goes into {@code WWW-Authenticate}; empty for none
     */
    record Turned(Problem problem, String challenge) implements Verdict {}
  }
}
