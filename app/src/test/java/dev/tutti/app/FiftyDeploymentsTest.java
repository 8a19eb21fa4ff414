package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many simulations at once do not get into each other's way. */
class FiftyDeploymentsTest {

  private static final int DEPLOYMENTS = 50;

  @Test
  void fiftyDeploymentsAtOnceAreEachToldOfTheirFourEndsAndThenOfTheLast() throws Exception {
    try (TestServer server = TestServer.start("TUTTI_LIMITS_WORKLOADS", "400");
        Wire wire = server.wire()) {
      server.app().images().add(Models.tiny("0.2"));
      for (int i = 0; i < DEPLOYMENTS; i++) {
        String simulation = "many-" + i;
        wire.publish(
            "/lifecycle/dots-so/mso/" + simulation + "/DeployModels",
            Models.four(server.broker(), simulation).encode());
      }
      wire.await(
          Duration.ofSeconds(90), DEPLOYMENTS, h -> h.last().equals("AllModelsHaveTerminated"));
      for (int i = 0; i < DEPLOYMENTS; i++) {
        List<String> ends = wire.ends("dots-so", "many-" + i);
        assertThat(ends)
            .as("many-%d", i)
            .containsExactlyInAnyOrder(
                "0-model ", "1-model 08011001", "2-model 08011002", "3-model ", "all");
        assertThat(ends.getLast()).as("many-%d", i).isEqualTo("all");
      }
      assertThat(wire.heard(h -> h.last().equals("ModelsReady"))).isEmpty();
      assertThat(server.metric("tutti_places_used")).isZero();
    }
  }
}
