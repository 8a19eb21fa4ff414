package dev.tutti.cli;

/** A command that cannot go on: what happened, to which object, and what to do about it. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int exitStatus;
  private final String suggestion;

  CommandFailure(int exitStatus, String what, String suggestion) {
    super(what);
    this.exitStatus = exitStatus;
    this.suggestion = suggestion;
  }

  int exitStatus() {
    return exitStatus;
  }

  String suggestion() {
    return suggestion;
  }
}
