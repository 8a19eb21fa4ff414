package dev.tutti.app;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes as people write them: {@code 4096}, {@code 512KiB}, {@code 64MiB}, {@code 2GiB}. */
final class Sizes {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*(|KiB|MiB|GiB)");

  private Sizes() {}

  /** In bytes. */
  static Optional<Long> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
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
}
