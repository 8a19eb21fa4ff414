package dev.tutti.cli;

/** Text from elsewhere, made fit for one line of a terminal. */
final class Printable {
  private Printable() {}

  /** Without control characters, which could move the cursor or forge other lines. */
  static String line(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return replaced(text);
      }
    }
    return text;
  }

  private static String replaced(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      clean.append(Character.isISOControl(character) ? ' ' : character);
    }
    return clean.toString().strip();
  }
}
