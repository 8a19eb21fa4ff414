package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The neighbourhood with weather every hour, households every hour and a half and the network every
 * 75 minutes, while roofs and connections go on every quarter: no rate divides another. Server and
 * broker are killed in the middle.
 */
class MultiRateSimulationTest {

  private static final int STEPS = 96;
  private static final Map<String, Integer> RATES =
      Map.of("weather_service", 4, "household_service", 6, "network_service", 5);

  @Test
  void servicesTakePartInEverySoManiethStepAlsoWhenTheServerIsKilledMeanwhile() throws Exception {
    try (NeighbourhoodServer server = NeighbourhoodServer.withItsOwnBroker()) {
      String undisturbed = server.begin(RATES);
      assertSucceeded(server.awaitEnd(undisturbed));
      Map<String, List<String>> expected = server.tables(undisturbed);
      assertThat(times(expected, "energysystem")).as("weather").hasSize(24);
      assertThat(times(expected, "electricitydemand")).as("households").hasSize(16);
      assertThat(times(expected, "electricitynetwork")).as("network").hasSize(20);
      assertThat(times(expected, "econnection")).as("connections").hasSize(STEPS);
      assertThat(times(expected, "electricitynetwork"))
          .as("its steps are steps of all")
          .isSubsetOf(times(expected, "econnection"));

      String killed = server.begin(RATES);
      for (int step : List.of(10, 47)) {
        server.awaitStep(killed, step);
        assertThat(server.crash(killed)).isBetween(step - 1, STEPS - 1);
      }
      JsonNode end = server.awaitEnd(killed);
      assertSucceeded(end);
      assertThat(end.get("run").asInt()).as("it was not begun anew").isEqualTo(1);
      assertThat(server.tables(killed)).isEqualTo(expected);
    }
  }

  private static Set<String> times(Map<String, List<String>> tables, String table) {
    return tables.getOrDefault(table, List.of()).stream()
        .skip(1)
        .map(line -> line.split(",", -1)[0])
        .collect(Collectors.toSet());
  }

  private static void assertSucceeded(JsonNode simulation) {
    assertThat(simulation.get("outcome").asString())
        .as(simulation.toString())
        .isEqualTo("succeeded");
    assertThat(simulation.get("clock").get("finished").asInt()).isEqualTo(STEPS);
  }
}
