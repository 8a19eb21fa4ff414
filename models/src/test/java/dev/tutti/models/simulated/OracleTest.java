package dev.tutti.models.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The oracle notices when the world is broken: a test that cannot fail proves nothing. */
final class OracleTest {

  private static final int SEEDS = 1_000;
  private static final int STEPS = 300;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void flawIsNoticed(Flaw flaw) {
    // The first one shows the rarest of them.
    assertThat(LongStream.concat(LongStream.of(65), LongStream.range(0, SEEDS)))
        .as("violations with %s in %d worlds", flaw, SEEDS)
        .anyMatch(seed -> notices(new World(seed, flaw)));
  }

  private static boolean notices(World world) {
    try {
      for (int step = 0; step < STEPS; step++) {
        world.step();
      }
      world.converge();
      return false;
    } catch (Violation noticed) {
      return true;
    }
  }
}
