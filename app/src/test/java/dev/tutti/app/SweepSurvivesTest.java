package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Four simulations of one sweep run one after another, though the server is killed in the second.
 */
class SweepSurvivesTest {

  private static final int STEPS = 48;
  private static final Map<String, Object> SWEEP =
      Map.of(
          "grid",
          Map.of(
              "esdl.PVInstallation.panelEfficiency", List.of(0.1, 0.2),
              "esdl.PVInstallation.angle", List.of(20, 50)));

  @Test
  void allSimulationsOfASweepRunAndTheirResultsAreOneTable() throws Exception {
    try (NeighbourhoodServer server = NeighbourhoodServer.withItsOwnBroker()) {
      JsonNode sweep =
          server.beginSweep(SWEEP, List.of("weather_service", "pvinstallation_service"), STEPS);
      List<String> simulations = new ArrayList<>();
      sweep.get("members").forEach(m -> simulations.add(m.get("simulation").asString()));
      assertThat(simulations).hasSize(4);

      server.awaitStep(simulations.get(1), 5);
      server.crash(simulations.get(1));
      for (String simulation : simulations) {
        JsonNode end = server.awaitEnd(simulation);
        assertThat(end.get("outcome").asString()).as(end.toString()).isEqualTo("succeeded");
      }

      List<String> lines = server.sweepTable(sweep.get("id").asString(), "pvinstallation");
      List<String> names = List.of(lines.getFirst().split(",", -1));
      assertThat(names).startsWith("simulation").contains("esdl.PVInstallation.angle", "power");
      assertThat(lines).hasSize(1 + 4 * STEPS * 10);
      Map<String, Double> energy = new TreeMap<>();
      for (String line : lines.subList(1, lines.size())) {
        List<String> cells = List.of(line.split(",", -1));
        energy.merge(
            cells.get(names.indexOf("esdl.PVInstallation.panelEfficiency"))
                + "/"
                + cells.get(names.indexOf("esdl.PVInstallation.angle")),
            Double.parseDouble(cells.get(names.indexOf("power"))),
            Double::sum);
      }
      assertThat(energy).containsOnlyKeys("0.1/20", "0.1/50", "0.2/20", "0.2/50");
      assertThat(energy.getOrDefault("0.2/20", 0.0))
          .as("twice as good")
          .isGreaterThan(1.5 * energy.getOrDefault("0.1/20", 0.0));
      assertThat(energy.getOrDefault("0.1/20", 0.0))
          .as("flat roofs in June")
          .isGreaterThan(energy.getOrDefault("0.1/50", 0.0));
    }
  }
}
