package dev.tutti.dots;

import java.util.List;

/** Text as UTF-8 can carry it: a surrogate without its other half is replaced by U+FFFD. */
final class WireText {
  private static final char REPLACEMENT = '\uFFFD';

  private WireText() {}

  static List<String> wellFormed(List<String> texts) {
    return texts.stream().map(WireText::wellFormed).toList();
  }

  static String wellFormed(String text) {
    int broken = firstLoneSurrogate(text, 0);
    if (broken < 0) {
      return text;
    }
    StringBuilder repaired = new StringBuilder(text);
    for (int at = broken; at >= 0; at = firstLoneSurrogate(text, at + 1)) {
      repaired.setCharAt(at, REPLACEMENT);
    }
    return repaired.toString();
  }

  /** Where the first half of a character without its other half is, or -1. */
  static int firstLoneSurrogate(String text, int from) {
    int at = from;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      if (Character.getType(codePoint) == Character.SURROGATE) {
        return at;
      }
      at += Character.charCount(codePoint);
    }
    return -1;
  }
}
