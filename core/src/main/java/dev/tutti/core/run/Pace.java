package dev.tutti.core.run;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How quickly many things are begun that could all begin at once, such as the adoption of all
 * workloads after a restart.
 *
 * @param slice how many at once
 * @param pause between two slices, give or take a quarter, so that several Tuttis on one broker or
 *     machine fall out of step
 */
public record Pace(int slice, Duration pause) {

  public Pace {
    if (slice < 1 || pause.isNegative()) {
      throw new IllegalArgumentException("a slice has one or more, a pause is not negative");
    }
  }

  /** Ten thousand a second. */
  public static Pace defaults() {
    return new Pace(500, Duration.ofMillis(50));
  }

  Duration pause(RandomGenerator random) {
    long nanos = pause.toNanos();
    return Duration.ofNanos(nanos - nanos / 4 + random.nextLong(nanos / 2 + 1));
  }
}
