package dev.tutti.core.backplane;

/**
 * Exit codes for ends that have no real one. Real codes and these may coincide: the reason tells.
 */
public final class ExitCodes {

  /** It did not become ready, or did not end, in time. */
  public static final int TIME_OUT = 124;

  /** It could not be started. */
  public static final int START_FAILED = 125;

  /** A policy forbids it. */
  public static final int REFUSED = 126;

  /** The catalogue or registry does not know the image. */
  public static final int IMAGE_UNKNOWN = 127;

  /** It ended and nobody saw how. */
  public static final int VANISHED = 255;

  private ExitCodes() {}

  /** The code of an end by signal {@code n}. */
  public static int signal(int n) {
    return 128 + n;
  }
}
