package dev.tutti.backplane.docker;

import dev.tutti.core.backplane.Observation;

/** What the exit code of a container means. */
final class Endings {

  private static final int KILLED = 137;
  private static final int LAST_SIGNAL = 64;

  private Endings() {}

  static Observation.Exited of(int code, boolean outOfMemory) {
    return new Observation.Exited(code, reason(code, outOfMemory), outOfMemory);
  }

  /** Whether only the engine's record tells if it was for want of memory. */
  static boolean needsInspection(int code) {
    return code == KILLED;
  }

  private static String reason(int code, boolean outOfMemory) {
    if (outOfMemory) {
      return "OOMKilled";
    }
    if (code == 0) {
      return "Completed";
    }
    return code > 128 && code <= 128 + LAST_SIGNAL ? "Killed by signal " + (code - 128) : "Error";
  }
}
