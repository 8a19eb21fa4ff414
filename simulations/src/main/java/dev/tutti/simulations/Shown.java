package dev.tutti.simulations;

/**
 * Foreign text within a message: as much of it as tells which one is meant, without what no message
 * can hold.
 */
final class Shown {

  private static final int LENGTH = 80;

  private Shown() {}

  static String text(String text) {
    String plain = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    return plain.codePointCount(0, plain.length()) <= LENGTH
        ? plain
        : plain.substring(0, plain.offsetByCodePoints(0, LENGTH)) + "…";
  }
}
