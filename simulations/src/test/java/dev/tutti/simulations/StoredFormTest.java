package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.simulations.CalculationService.OnModelFailure;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Documents come back from their JSON as they went. */
final class StoredFormTest {

  private final JsonMapper mapper =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private <T extends Record> void comesBack(T body, Class<T> type) {
    assertThat(mapper.readValue(mapper.writeValueAsBytes(body), type)).isEqualTo(body);
  }

  @Test
  void simulationComesBackInEveryPhase() {
    World world = World.stepping(3, 5, OnModelFailure.RESTART);
    comesBack(World.planned("a-00000000", 3, 5, OnModelFailure.FAIL), Simulation.class);
    comesBack(world.simulation(), Simulation.class);
    world.finish(1);
    comesBack(world.simulation(), Simulation.class);
    world.tell(new SimulationMessage.ModelEnded("m", "pv_service", 3));
    comesBack(world.simulation(), Simulation.class);
    world.tell(new SimulationMessage.Cancel());
    comesBack(world.simulation(), Simulation.class);
  }

  @Test
  void endsAndQueueComeBack() {
    Instant now = Instant.parse("2026-01-01T00:00:00.123Z");
    comesBack(new ModelEnd("s", 2, "m", null, "error", List.of(), now), ModelEnd.class);
    comesBack(new ModelEnd("s", 2, "m", 3, "", List.of("a", "b"), now), ModelEnd.class);
    comesBack(
        new SimulationQueue("a", List.of(new SimulationQueue.Place("b", 5))),
        SimulationQueue.class);
  }

  @Test
  void commandsThatAreKeptComeBack() {
    comesBack(new SimulationCommand.OfRun("s", 2), SimulationCommand.OfRun.class);
    comesBack(new SimulationCommand.OfSimulation("s"), SimulationCommand.OfSimulation.class);
    comesBack(new SimulationCommand.Discard("s", "e", "p"), SimulationCommand.Discard.class);
  }

  /** The one document that a step writes must stay small. */
  @Test
  void simulationIsASmallDocument() {
    Simulation simulation = World.stepping(400, 5, OnModelFailure.FAIL).simulation();
    assertThat(mapper.writeValueAsBytes(simulation).length).isLessThan(2_500);
  }
}
