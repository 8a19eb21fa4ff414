package dev.tutti.core.backplane;

/** A port that programs listen on, such as {@code 8080/tcp}. */
public record Port(int number, Protocol protocol) {

  private static final int LAST = 65_535;

  /** What is spoken below the application. */
  public enum Protocol {
    TCP,
    UDP
  }

  public Port {
    if (number < 1 || number > LAST) {
      throw new IllegalArgumentException("a port is 1 to %d, not %d".formatted(LAST, number));
    }
  }

  public static Port tcp(int number) {
    return new Port(number, Protocol.TCP);
  }

  @Override
  public String toString() {
    return number + "/" + (protocol == Protocol.TCP ? "tcp" : "udp");
  }
}
