package dev.tutti.store;

/**
 * How a store deals with a disk that fills.
 *
 * @param lowBytes with fewer bytes free than this, no new work begins
 * @param reserveBytes size of the file that is given up when the disk is full, so that ends can be
 *     recorded all the same
 */
public record SpaceSettings(long lowBytes, long reserveBytes) {

  private static final long MEBIBYTE = 1L << 20;

  public SpaceSettings {
    if (lowBytes < 0 || reserveBytes < 0) {
      throw new IllegalArgumentException("sizes are not negative");
    }
  }

  public static SpaceSettings defaults() {
    return lowAt(64 * MEBIBYTE);
  }

  /** With the usual reserve. */
  public static SpaceSettings lowAt(long bytes) {
    return new SpaceSettings(bytes, 16 * MEBIBYTE);
  }
}
