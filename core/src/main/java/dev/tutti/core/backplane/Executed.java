package dev.tutti.core.backplane;

/**
 * What became of a command in a workload.
 *
 * @param output what it said on its standard output
 * @param errors what it said on its standard error
 */
public record Executed(End end, Said output, Said errors) {

  /** How a command ended. */
  public sealed interface End {}

  /** By itself, with this code; 128 + n when a signal ended it. */
  public record Exited(int code) implements End {}

  /**
   * It did not end in time.
   *
   * @param goesOn whether it could not be ended either, because the image lacks the means
   */
  public record TimedOut(boolean goesOn) implements End {}

  /**
   * What was kept of one output.
   *
   * @param text as UTF-8; what is none is replaced
   * @param cut whether there was more
   */
  public record Said(String text, boolean cut) {}

  /** Whether it ended by itself, and well. */
  public boolean succeeded() {
    return end.equals(new Exited(0));
  }
}
