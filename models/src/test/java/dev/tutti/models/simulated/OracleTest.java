package dev.tutti.models.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The oracle notices when the world is broken: a test that cannot fail proves nothing. */
final class OracleTest {

  private static final int SEEDS = 1_000;
  private static final int STEPS = 300;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void flawIsNoticed(Flaw flaw) {
    int noticed = 0;
    for (long seed = 0; seed < SEEDS && noticed == 0; seed++) {
      noticed += notices(new World(seed, flaw)) ? 1 : 0;
    }
    assertThat(noticed).as("violations with %s in %d worlds", flaw, SEEDS).isPositive();
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
