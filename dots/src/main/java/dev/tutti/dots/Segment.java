package dev.tutti.dots;

import java.util.Optional;

/**
 * What a segment of a topic may be. Peers find ids by counting slashes, so there is none in an id;
 * the rest is what MQTT forbids in a topic.
 */
final class Segment {
  /** Four of these, each character of three bytes, still fit into the 65,535 bytes of a topic. */
  private static final int LONGEST = 4096;

  private static final String RESERVED = "/+#\0";

  private Segment() {}

  /** Why the text cannot be a segment; empty if it can. */
  static Optional<String> problem(String what, String text) {
    if (text.isEmpty()) {
      return Optional.of("the " + what + " is empty");
    }
    if (text.length() > LONGEST) {
      return Optional.of(
          "the %s has %d characters, more than %d".formatted(what, text.length(), LONGEST));
    }
    if (text.chars().anyMatch(unit -> RESERVED.indexOf(unit) >= 0)) {
      return Optional.of(
          "the %s has one of '/', '+', '#' and NUL in it: %s"
              .formatted(what, text.replace('\0', '␀')));
    }
    if (WireText.firstLoneSurrogate(text, 0) >= 0) {
      return Optional.of("the " + what + " has half a character in it, which UTF-8 cannot say");
    }
    return Optional.empty();
  }

  static void require(String what, String text) {
    problem(what, text)
        .ifPresent(problem -> {
          throw new IllegalArgumentException(problem);
        });
  }
}
