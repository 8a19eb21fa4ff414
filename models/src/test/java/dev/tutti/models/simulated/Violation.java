package dev.tutti.models.simulated;

/** Something that must hold did not. An {@link Error}, so that no code under test takes it. */
final class Violation extends Error {

  private static final long serialVersionUID = 1L;

  Violation(String what) {
    super(what);
  }
}
