package dev.tutti.cli;

/** What the program's exit code tells a script. */
public final class ExitStatus {
  public static final int OK = 0;

  /** The server refused, or the thing that was asked for failed. */
  public static final int FAILED = 1;

  public static final int USAGE = 2;
  public static final int NOT_FOUND = 3;

  /** The server is not reachable, or did not accept the token. */
  public static final int NO_SERVER = 4;

  /** What was waited for did not happen in time; it may still. */
  public static final int TIMED_OUT = 5;

  private ExitStatus() {}
}
