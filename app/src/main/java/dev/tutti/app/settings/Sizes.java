package dev.tutti.app.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 4096}, {@code 512KiB}, {@code 64MiB}, {@code 2GiB}. */
public final class Sizes {

  static final String FORM = "\\d{1,9}\\s*(|KiB|MiB|GiB)";
  private static final Pattern PATTERN = Pattern.compile("(\\d{1,9})\\s*(|KiB|MiB|GiB)");

  private Sizes() {}

  /** In bytes; empty when it is not written so. */
  public static Optional<Long> parse(String text) {
    Matcher matcher = PATTERN.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "KiB" -> amount << 10;
          case "MiB" -> amount << 20;
          case "GiB" -> amount << 30;
          default -> amount;
        });
  }

  /** In the largest unit of which it is a whole number. */
  static String text(long bytes) {
    for (int unit = 3; unit > 0; unit--) {
      int shift = 10 * unit;
      if (bytes > 0 && bytes % (1L << shift) == 0) {
        return (bytes >> shift) + new String[] {"", "KiB", "MiB", "GiB"}[unit];
      }
    }
    return Long.toString(bytes);
  }
}
