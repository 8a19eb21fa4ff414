package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names of timers are stored: those that a release wrote, all later ones understand. */
final class SimulationTimerTest {

  private static final List<String> STORED =
      List.of("DEPLOY", "PARAMETERS", "STEP", "FINISH", "FORGET");

  @Test
  void nameOfEveryReleaseIsUnderstoodAndWrittenTheSame() {
    assertThat(STORED)
        .allSatisfy(name ->
            assertThat(SimulationTimer.parse(name).map(SimulationTimer::name)).contains(name));
  }

  @Test
  void everyTimerHasANameThatWasStored() {
    assertThat(Arrays.stream(SimulationTimer.values()).map(SimulationTimer::name))
        .containsExactlyInAnyOrderElementsOf(STORED);
  }

  @Test
  void nameThatIsNotOursIsNone() {
    assertThat(List.of("", "step", "STEP:1:", "LATER"))
        .allMatch(name -> SimulationTimer.parse(name).isEmpty());
  }
}
