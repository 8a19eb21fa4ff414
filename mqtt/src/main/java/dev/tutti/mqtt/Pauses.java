package dev.tutti.mqtt;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: twice as long each time, never all clients at once. */
record Pauses(Duration shortest, Duration longest) {
  private static final int DOUBLINGS = 30;

  Duration before(int attempt, RandomGenerator random) {
    long doubled = shortest.toNanos() << Math.min(attempt, DOUBLINGS);
    boolean tooLong = attempt > DOUBLINGS || doubled > longest.toNanos() || doubled <= 0;
    long nanos = tooLong ? longest.toNanos() : doubled;
    return Duration.ofNanos((long) (nanos * random.nextDouble(0.75, 1.25)));
  }
}
