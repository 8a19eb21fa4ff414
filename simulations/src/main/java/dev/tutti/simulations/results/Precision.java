package dev.tutti.simulations.results;

import java.util.Arrays;
import java.util.Optional;

/** The unit of the times in a body of line protocol. */
enum Precision {
  NANOSECONDS("n", 1),
  MICROSECONDS("u", 1_000),
  MILLISECONDS("ms", 1_000_000),
  SECONDS("s", 1_000_000_000),
  MINUTES("m", 60_000_000_000L),
  HOURS("h", 3_600_000_000_000L);

  private final String word;
  private final long nanos;

  Precision(String word, long nanos) {
    this.word = word;
    this.nanos = nanos;
  }

  long nanos() {
    return nanos;
  }

  static Optional<Precision> of(String word) {
    String bare = word.equals("ns") ? "n" : word;
    return Arrays.stream(values()).filter(p -> p.word.equals(bare)).findFirst();
  }
}
