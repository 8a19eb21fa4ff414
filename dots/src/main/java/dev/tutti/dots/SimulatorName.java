package dev.tutti.dots;

import java.util.Locale;
import java.util.Optional;

/**
 * Says for whom an MSO works, such as {@code dots-so} or {@code essim}: the first segment in which
 * the topics of two MSOs on one broker differ. Always lower case.
 */
public record SimulatorName(String value) {

  /** Lower-cases the name and rejects what cannot be a segment of a topic. */
  public SimulatorName {
    value = value.toLowerCase(Locale.ROOT);
    Segment.require("simulator name", value);
  }

  /** Why the text cannot be a simulator name, as a sentence; empty if it can. */
  public static Optional<String> problem(String text) {
    return Segment.problem("simulator name", text.toLowerCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return value;
  }
}
