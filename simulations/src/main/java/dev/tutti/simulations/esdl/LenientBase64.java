package dev.tutti.simulations.esdl;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Base64 as the original reads it (spec DOTS 3.5): characters outside the alphabet are skipped,
 * padding may be missing, and what follows complete padding does not count.
 */
public final class LenientBase64 {

  private LenientBase64() {}

  /** The bytes; empty when the text ends in the middle of a byte. */
  public static Optional<byte[]> decode(String text) {
    byte[] letters = new byte[text.length()];
    int count = 0;
    int padding = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '=') {
        padding++;
        if (count % 4 >= 2 && count % 4 + padding >= 4) {
          break;
        }
      } else if (isLetter(c)) {
        letters[count++] = (byte) c;
        padding = 0;
      }
    }
    return count % 4 == 1
        ? Optional.empty()
        : Optional.of(Base64.getDecoder().decode(Arrays.copyOf(letters, count)));
  }

  /** How many bytes the text stands for at most. */
  public static long mostBytes(String text) {
    return text.length() * 3L / 4;
  }

  private static boolean isLetter(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/';
  }
}
