package dev.tutti.models.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Thousands of worlds in which everything goes wrong that can, each from a seed. One that fails is
 * played again with {@code -Dtutti.seed=…}.
 */
final class SeededSimulationTest {

  private static final int RUNS = 2_000;
  private static final int STEPS = 300;
  private static final int LONG_STEPS = 1_000_000;
  private static final int STEPS_OF_A_LONG_RUN = 5_000;

  @Test
  void whateverGoesWrongEverythingComesToItsEnd() {
    Long replayed = Long.getLong("tutti.seed");
    long first = replayed == null ? 0 : replayed;
    long last = replayed == null ? RUNS : replayed + 1;
    for (long seed = first; seed < last; seed++) {
      run(seed, STEPS);
    }
  }

  @Test
  @Tag("long")
  void aMillionStepsBreakNothing() {
    for (long seed = 0; seed < LONG_STEPS / STEPS_OF_A_LONG_RUN; seed++) {
      run(1_000_000 + seed, STEPS_OF_A_LONG_RUN);
    }
  }

  @Test
  void aSeedRepeatsItsRun() {
    for (long seed = 0; seed < 20; seed++) {
      long once = run(seed, STEPS).trace().fingerprint();
      assertThat(run(seed, STEPS).trace().fingerprint()).as("seed %d", seed).isEqualTo(once);
    }
  }

  private static World run(long seed, int steps) {
    World world = new World(seed, Flaw.NONE);
    try {
      for (int step = 0; step < steps; step++) {
        world.step();
      }
      world.converge();
      return world;
    } catch (RuntimeException | Error failure) {
      throw new AssertionError(
          "seed %d fails: %s%nReplay it with -Dtutti.seed=%d%n%s"
              .formatted(seed, failure.getMessage(), seed, world.trace()),
          failure);
    }
  }
}
