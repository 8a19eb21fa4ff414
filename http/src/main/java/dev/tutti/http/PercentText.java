package dev.tutti.http;

import dev.tutti.core.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoded text (RFC 3986), decoded exactly once and refused when it is malformed. */
final class PercentText {

  private PercentText() {}

  static String decode(String raw) {
    return decode(raw, false);
  }

  /** As forms write it: a plus is a space. */
  static String decodeForm(String raw) {
    return decode(raw, true);
  }

  private static String decode(String raw, boolean form) {
    ByteBuffer bytes = ByteBuffer.allocate(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes.put(octet(raw, i));
        i += 2;
      } else if (c <= 0x20 || c >= 0x7f) {
        throw malformed("It holds a character that has to be percent-encoded.");
      } else {
        bytes.put((byte) (form && c == '+' ? ' ' : c));
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw malformed("Its percent-encoded bytes are not UTF-8.");
    }
  }

  private static byte octet(String raw, int percent) {
    if (percent + 2 >= raw.length()) {
      throw malformed("A % stands without two hexadecimal digits.");
    }
    int high = Character.digit(raw.charAt(percent + 1), 16);
    int low = Character.digit(raw.charAt(percent + 2), 16);
    if (high < 0 || low < 0) {
      throw malformed("A % stands without two hexadecimal digits.");
    }
    return (byte) (high << 4 | low);
  }

  static Refusal malformed(String why) {
    return new Refusal(
        Problem.of("address-malformed", 400, "The address of the request is malformed. " + why));
  }
}
