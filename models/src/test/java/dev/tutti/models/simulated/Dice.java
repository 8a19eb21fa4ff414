package dev.tutti.models.simulated;

import java.util.List;
import java.util.SplittableRandom;

/** All chance of one run, from its seed. */
final class Dice {

  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  boolean happens(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Both ends included. */
  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  /** A value that is 0 in half of the runs, so that each fault is also seen without the others. */
  double intensity(double most) {
    return random.nextBoolean() ? 0 : random.nextDouble() * most;
  }

  <T> T oneOf(List<T> things) {
    return things.get(below(things.size()));
  }

  <T> T take(List<T> from) {
    return from.remove(below(from.size()));
  }
}
