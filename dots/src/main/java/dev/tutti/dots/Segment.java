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
    if (text.codePoints().anyMatch(Segment::brokersRefuse)) {
      return Optional.of(
          "the %s has a control character or a code point that is none in it".formatted(what));
    }
    if (WireText.firstLoneSurrogate(text, 0) >= 0) {
      return Optional.of("the " + what + " has half a character in it, which UTF-8 cannot say");
    }
    return Optional.empty();
  }

  /**
   * MQTT 3.1.1 lets a broker close the connection for these (1.5.3), and Mosquitto does: one such
   * topic would cut off everybody who shares our connection, again at each repetition.
   */
  private static boolean brokersRefuse(int codePoint) {
    return Character.isISOControl(codePoint)
        || (codePoint & 0xFFFE) == 0xFFFE
        || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
  }

  static void require(String what, String text) {
    problem(what, text)
        .ifPresent(problem -> {
          throw new IllegalArgumentException(problem);
        });
  }
}
