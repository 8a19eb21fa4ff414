package dev.tutti.backplane.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.backplane.testkit.Program;
import dev.tutti.backplane.testkit.Witness;
import dev.tutti.core.backplane.WorkloadId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What workloads cost in calls of the engine: so many each, whatever happens to the others. */
final class CallsTest {

  private static final int WORKLOADS = 20;

  /** Image, create, start; inspected when a signal ended it; removed. */
  private static final int EACH = 5;

  /** Lists and the like. */
  private static final int BESIDE = 10;

  @Test
  void workloadsThatAllEndTogetherCostTheSameCallsEach() throws Exception {
    try (DockerWorkbench bench = new DockerWorkbench()) {
      String image = bench.spec(new WorkloadId("x"), Program.runs(), Map.of()).image();
      assertThat(image).isNotEmpty();
      try (DockerBackplane backplane = bench.open()) {
        Witness witness = new Witness();
        backplane.watch(witness);
        long before = backplane.calls();
        List<WorkloadId> ids =
            IntStream.range(0, WORKLOADS).mapToObj(i -> new WorkloadId("call-" + i)).toList();
        ids.forEach(id -> backplane.start(bench.spec(id, Program.runs(), Map.of())));
        bench.killAll(ids);
        await()
            .atMost(Duration.ofSeconds(30))
            .pollDelay(Duration.ZERO)
            .until(() -> witness.ends() == WORKLOADS);
        assertThat(backplane.list()).hasSize(WORKLOADS);
        ids.forEach(backplane::remove);
        assertThat(backplane.calls() - before).isLessThanOrEqualTo(EACH * WORKLOADS + BESIDE);
      }
    }
  }
}
