package dev.tutti.simulations;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Runs a property over many random cases, each from a seed of its own that a failure names. */
public final class Seeded {
  private static final String REPLAY = "tutti.seed";

  private Seeded() {}

  /** The same cases every time, or only the one of {@code -Dtutti.seed}. */
  public static void cases(int count, Consumer<RandomGenerator> property) {
    Long replayed = Long.getLong(REPLAY);
    if (replayed != null) {
      check(replayed, property);
      return;
    }
    for (long seed = 0; seed < count; seed++) {
      check(seed, property);
    }
  }

  private static void check(long seed, Consumer<RandomGenerator> property) {
    try {
      property.accept(new SplittableRandom(seed));
    } catch (RuntimeException | Error failure) {
      throw new AssertionError(
          "fails with seed %d, replay with -D%s=%d".formatted(seed, REPLAY, seed), failure);
    }
  }
}
