package dev.tutti.core.surface;

import dev.tutti.core.Problem;

/** How a surface tells what went wrong. */
public sealed interface ErrorRendering {

  /** As a problem (RFC 9457), as our own API does it. */
  record AsProblem() implements ErrorRendering {}

  /** In the form of an existing API. */
  non-sealed interface Own extends ErrorRendering {

    /**
     * The answer that stands for a problem, which may be one of a handler or of the edge itself.
     * The codes of the edge are {@code route-unknown}, {@code method-not-allowed}, {@code
     * address-malformed}, {@code host-refused}, {@code origin-refused}, {@code
     * media-type-unsupported}, {@code unavailable} and {@code internal}. Header fields that belong
     * to the status are added by the edge.
     */
    Answer answer(Problem problem);
  }
}
