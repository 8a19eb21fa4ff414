package dev.tutti.core.backplane;

/**
 * A port of a workload that is reached at an address of the machine.
 *
 * @param inside where its programs listen
 * @param address of the machine, such as {@code 127.0.0.1}
 * @param outside the port there; 0 in a request for any that is free
 */
public record PublishedPort(Port inside, String address, int outside) {

  private static final int LAST = 65_535;

  public PublishedPort {
    if (outside < 0 || outside > LAST) {
      throw new IllegalArgumentException("a port is 0 to %d, not %d".formatted(LAST, outside));
    }
  }

  /** Reached from this machine alone, at a port that is free. */
  public static PublishedPort onLoopback(Port inside) {
    return new PublishedPort(inside, "127.0.0.1", 0);
  }
}
