package dev.tutti.core.run;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often a command is tried again whose receiver is unavailable.
 *
 * @param first pause before the second try; each one is twice the one before
 * @param longest no pause is longer, but for a quarter more by chance
 * @param tries after so many it failed for good; 0 for as long as it takes
 */
public record Retry(Duration first, Duration longest, int tries) {

  public Retry {
    if (!first.isPositive() || longest.compareTo(first) < 0 || tries < 0) {
      throw new IllegalArgumentException(
          "the first pause is positive, the longest not shorter, and tries are not negative");
    }
  }

  /** For what costs next to nothing to try: 50 ms to 10 s apart, as long as it takes. */
  public static Retry patiently() {
    return new Retry(Duration.ofMillis(50), Duration.ofSeconds(10), 0);
  }

  /** For starts of workloads: 0.2 s to 30 s apart, until their owner ends them. */
  public static Retry ofStarts() {
    return new Retry(Duration.ofMillis(200), Duration.ofSeconds(30), 0);
  }

  boolean isLast(int triesSoFar) {
    return tries > 0 && triesSoFar >= tries;
  }

  /** The pause after so many tries, without what chance adds. */
  Duration pauseAfter(int triesSoFar) {
    Duration pause = first;
    for (int i = 1; i < triesSoFar && pause.compareTo(longest) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longest) < 0 ? pause : longest;
  }

  /** Whether the pause after so many tries is longer than the one before. */
  boolean growsAfter(int triesSoFar) {
    return triesSoFar == 1 || pauseAfter(triesSoFar).compareTo(pauseAfter(triesSoFar - 1)) > 0;
  }

  Duration withChance(Duration pause, RandomGenerator random) {
    return pause.plusNanos(random.nextLong(pause.toNanos() / 4 + 1));
  }
}
