package dev.tutti.benchmarks;

import java.util.Locale;

/** What a figure must be; a median is compared with it. */
record Budget(double limit, boolean atMost, String text) {

  static Budget atMost(double limit) {
    return new Budget(limit, true, "≤ " + number(limit));
  }

  static Budget atLeast(double limit) {
    return new Budget(limit, false, "≥ " + number(limit));
  }

  boolean met(double value) {
    return atMost ? value <= limit : value >= limit;
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
  }
}
