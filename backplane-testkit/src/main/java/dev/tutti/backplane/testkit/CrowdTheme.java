package dev.tutti.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many workloads at the same time. */
interface CrowdTheme extends Theme {

  @Test
  @Timeout(300)
  default void manyRunAtOnce() throws Exception {
    crowd(trial().bench().many());
  }

  /** Starts so many together, and stops them together. */
  default void crowd(int count) throws Exception {
    List<WorkloadSpec> specs =
        IntStream.range(0, count)
            .mapToObj(i ->
                trial()
                    .bench()
                    .spec(new WorkloadId("crowd-" + i), Program.runs(), Map.of("NUMBER", "" + i)))
            .toList();
    Trial.atOnce(specs, trial().backplane()::start);
    List<Observed> all = trial().backplane().list();
    assertThat(all).hasSize(count);
    // One that is stopped before it came to life was never started.
    Trial.soon().until(() -> trial().backplane().list().stream().allMatch(CrowdTheme::runs));
    Trial.atOnce(all, known -> trial().backplane().stop(known.id(), Trial.PATIENT));
    Trial.soon().until(() -> trial().witness().ends() == count);
    for (Observed known : trial().backplane().list()) {
      assertThat(trial().awaitExit(known.id()).code()).isEqualTo(143);
    }
  }

  private static boolean runs(Observed workload) {
    return workload.observation() instanceof Observation.Running;
  }
}
