package dev.tutti.models.simulated;

/** The process ends here. No code of the process catches it: it is an {@link Error}. */
final class Crash extends Error {

  private static final long serialVersionUID = 1L;

  Crash(String where) {
    super(where, null, false, false);
  }
}
