package dev.tutti.simulations.results;

import java.time.Instant;
import java.util.OptionalDouble;

/** Values of line protocol in other forms. */
public final class Values {

  private static final long SECOND = 1_000_000_000L;

  private Values() {}

  static OptionalDouble number(String value) {
    char last = value.charAt(value.length() - 1);
    String digits = last == 'i' || last == 'u' ? value.substring(0, value.length() - 1) : value;
    try {
      return OptionalDouble.of(Double.parseDouble(digits));
    } catch (NumberFormatException text) {
      return OptionalDouble.empty();
    }
  }

  /** As a cell: a number without its letter, a truth as true or false, a text without escapes. */
  static String csv(String value) {
    if (value.isEmpty()) {
      return "";
    }
    return switch (value.charAt(0)) {
      case '"' ->
          quoted(
              value.substring(1, value.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\"));
      case 't', 'T' -> "true";
      case 'f', 'F' -> "false";
      default ->
          value.endsWith("i") || value.endsWith("u")
              ? value.substring(0, value.length() - 1)
              : value;
    };
  }

  /** A text as a cell of CSV. */
  public static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  static String time(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND))
        .toString();
  }
}
