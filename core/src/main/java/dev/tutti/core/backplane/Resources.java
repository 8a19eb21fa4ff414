package dev.tutti.core.backplane;

/**
 * How much of a machine a workload may use at most; 0 for no limit.
 *
 * @param milliCpus processor time in thousandths of a core
 * @param memory main memory in bytes; who uses more is ended with code 137
 */
public record Resources(long milliCpus, long memory) {

  private static final Resources UNLIMITED = new Resources(0, 0);

  public Resources {
    if (milliCpus < 0 || memory < 0) {
      throw new IllegalArgumentException(
          "a limit is 0 or more, not %d thousandths of a core and %d bytes"
              .formatted(milliCpus, memory));
    }
  }

  public static Resources unlimited() {
    return UNLIMITED;
  }

  /** A limit of memory alone, in bytes. */
  public static Resources ofMemory(long bytes) {
    return new Resources(0, bytes);
  }

  public boolean isUnlimited() {
    return equals(UNLIMITED);
  }
}
