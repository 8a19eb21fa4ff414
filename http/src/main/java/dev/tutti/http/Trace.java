package dev.tutti.http;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a request, so that who was told of a problem finds it in the log. A caller that traces its
 * own requests (W3C Trace Context) finds its own name there.
 */
final class Trace {

  private static final Pattern PARENT =
      Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

  private Trace() {}

  /** A new one. */
  static String fresh() {
    byte[] bytes = new byte[16];
    ThreadLocalRandom.current().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The one that a request brings in its field {@code traceparent}, else a new one. */
  static String of(Optional<String> parent) {
    return parent
        .map(PARENT::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .orElseGet(Trace::fresh);
  }
}
