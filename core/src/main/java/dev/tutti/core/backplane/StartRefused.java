package dev.tutti.core.backplane;

/**
 * The workload cannot be started, now or later: its image is unknown, its command is missing, a
 * policy forbids it.
 */
public final class StartRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int code;

  /**
   * @param code one of {@link ExitCodes}
   */
  public StartRefused(int code, String reason) {
    super(reason);
    this.code = code;
  }

  public int code() {
    return code;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
