package dev.tutti.core.surface;

/** Who asks, in words for the journal. */
public final class Requester {

  private static final int LONGEST = 60;

  private Requester() {}

  /** The name is proven by the token; the program is what it says of itself. */
  public static String of(Request request) {
    String program = request.header("User-Agent").orElse("an unnamed program");
    String line = program.replaceAll("\\p{Cntrl}", "?");
    return "%s with %s"
        .formatted(
            request.caller().name(),
            line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…");
  }
}
