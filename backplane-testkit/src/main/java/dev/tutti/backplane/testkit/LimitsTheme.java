package dev.tutti.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.HostAccess;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.Resources;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.WorkloadSpec;
import org.junit.jupiter.api.Test;

/** What workloads may use and reach. What cannot be kept or given refuses the start. */
interface LimitsTheme extends Theme {

  long GRANTED = 64L << 20;

  @Test
  default void whoUsesMoreMemoryThanGrantedEndsWithCode137() {
    trial().needs(Capability.MEMORY_LIMIT);
    WorkloadSpec spec = trial().spec("greedy", Program.uses(2 * GRANTED));
    trial().backplane().start(spec.within(Resources.ofMemory(GRANTED)));
    assertThat(trial().awaitExit(spec.id()))
        .isEqualTo(new Observation.Exited(137, "OOMKilled", true));
  }

  @Test
  default void whoUsesLessMemoryThanGrantedIsLeftAlone() {
    trial().needs(Capability.MEMORY_LIMIT);
    WorkloadSpec spec = trial().spec("modest", Program.uses(GRANTED / 16));
    trial().backplane().start(spec.within(Resources.ofMemory(GRANTED)));
    assertThat(trial().awaitExit(spec.id()))
        .isEqualTo(new Observation.Exited(0, "Completed", false));
  }

  @Test
  default void limitIsKeptOrTheStartIsRefused() {
    startedOrRefused(
        Capability.MEMORY_LIMIT,
        trial().spec("limited", Program.runs()).within(Resources.ofMemory(GRANTED)));
  }

  /** To run it without what it needs would be to run something else. */
  @Test
  default void accessToTheMachineIsGivenOrTheStartIsRefused() {
    startedOrRefused(
        Capability.HOST_ACCESS,
        trial().spec("reaching", Program.runs()).reaching(new HostAccess.HostPath("/tmp")));
  }

  private void startedOrRefused(Capability needed, WorkloadSpec spec) {
    if (trial().bench().missing().containsKey(needed)) {
      assertThatExceptionOfType(StartRefused.class)
          .isThrownBy(() -> trial().backplane().start(spec))
          .satisfies(refused -> assertThat(refused.code()).isEqualTo(ExitCodes.START_FAILED))
          .satisfies(refused -> assertThat(refused.reason()).contains("leave"));
      assertThat(trial().backplane().list()).isEmpty();
    } else {
      trial().backplane().start(spec);
      trial().awaitRunning(spec.id());
    }
  }
}
