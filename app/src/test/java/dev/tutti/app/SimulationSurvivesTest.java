package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A simulation whose server is killed twice in the middle of its steps ends with the same tables as
 * one that nobody disturbed.
 */
class SimulationSurvivesTest {

  private static final int STEPS = 96;
  private static final List<Integer> KILLED_AT = List.of(10, 40);

  private static Map<String, List<String>> expected = Map.of();

  @BeforeAll
  static void nobodyDisturbsTheFirst() throws Exception {
    try (NeighbourhoodServer server = NeighbourhoodServer.withItsOwnBroker()) {
      String undisturbed = server.begin();
      assertSucceeded(server.awaitEnd(undisturbed));
      expected = server.tables(undisturbed);
    }
    assertThat(expected)
        .isNotEmpty()
        .allSatisfy((_, lines) ->
            assertThat(lines).as("a head and a line per step").hasSizeGreaterThan(STEPS));
  }

  @Test
  void simulationGoesOnWhenItsServerIsKilledAndTheBrokerStays() throws Exception {
    try (Mosquitto broker = new Mosquitto();
        NeighbourhoodServer server = NeighbourhoodServer.with(broker)) {
      assertSameResultsWhenKilled(server);
    }
  }

  @Test
  void simulationGoesOnWhenItsServerIsKilledTogetherWithTheBroker() throws Exception {
    try (NeighbourhoodServer server = NeighbourhoodServer.withItsOwnBroker()) {
      assertSameResultsWhenKilled(server);
    }
  }

  private static void assertSameResultsWhenKilled(NeighbourhoodServer server) throws Exception {
    String killed = server.begin();
    for (int step : KILLED_AT) {
      server.awaitStep(killed, step);
      assertThat(server.crash(killed)).as("steps that were done").isBetween(step - 1, STEPS - 1);
    }

    JsonNode end = server.awaitEnd(killed);
    assertSucceeded(end);
    assertThat(end.get("run").asInt()).as("it was not begun anew").isEqualTo(1);
    assertThat(server.tables(killed)).isEqualTo(expected);
  }

  private static void assertSucceeded(JsonNode simulation) {
    assertThat(simulation.get("outcome").asString())
        .as(simulation.toString())
        .isEqualTo("succeeded");
    assertThat(simulation.get("clock").get("finished").asInt()).isEqualTo(STEPS);
  }
}
