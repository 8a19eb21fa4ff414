package dev.tutti.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.WorkloadId;
import org.junit.jupiter.api.Test;

/** Workloads that somebody else makes disappear. */
interface VanishingTheme extends Theme {

  /** Whether it is said to be killed or gone: never that it ended well. */
  @Test
  default void workloadThatDisappearsIsReported() {
    WorkloadId id = vanished("gone");
    assertThat(trial().awaitEnd(id)).isNotEqualTo(new Observation.Exited(0, "Completed", false));
  }

  @Test
  default void howItDisappearedIsNotMadeUp() {
    trial().needs(Capability.MEMORY_OF_THE_REMOVED);
    assertThat(trial().awaitEnd(vanished("traceless"))).isInstanceOf(Observation.Vanished.class);
  }

  @Test
  default void workloadThatDisappearsWhileClosedIsReported() {
    trial().needs(Capability.MEMORY_OF_THE_REMOVED);
    WorkloadId id = running("lost");
    trial().close();
    trial().bench().makeVanish(id);
    trial().openUnheard();
    trial().listen();
    assertThat(trial().awaitEnd(id)).isInstanceOf(Observation.Vanished.class);
  }

  /** Who has records then sees that one is missing. */
  @Test
  default void workloadThatDisappearedWhileClosedIsNotSaidToRun() {
    WorkloadId id = running("missing");
    trial().close();
    trial().bench().makeVanish(id);
    trial().openUnheard();
    trial().listen();
    Trial.soon().until(() -> trial().listed(id).filter(seen -> !seen.terminal()).isEmpty());
  }

  private WorkloadId vanished(String name) {
    WorkloadId id = running(name);
    trial().bench().makeVanish(id);
    return id;
  }

  private WorkloadId running(String name) {
    WorkloadId id = trial().start(name, Program.saysAndRuns("here"));
    trial().awaitOutput(id, "here\n");
    return id;
  }
}
