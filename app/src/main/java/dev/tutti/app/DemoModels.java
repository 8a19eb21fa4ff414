package dev.tutti.app;

import dev.tutti.api.DeploymentView;
import dev.tutti.api.ModelView;
import dev.tutti.cli.ModelBoard;
import dev.tutti.core.bus.Bus;
import dev.tutti.dots.SimulationId;
import dev.tutti.dots.SimulatorName;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The scenario of the original's README, played against a Tutti of its own. */
final class DemoModels {

  private static final SimulatorName NAME = new SimulatorName("dots-so");
  private static final SimulationId SIMULATION = new SimulationId("sim02-abc");
  private static final Map<String, Integer> EXPECTED =
      Map.of("0-model", 0, "1-model", 1, "2-model", 2, "3-model", 0);
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final int PAGE = 100;

  private final App app;
  private final ExampleImages examples;

  DemoModels(DemoServer server) {
    this.app = server.app();
    this.examples = server.examples();
  }

  /** Plays it, and says whether everything ended as it should. */
  boolean run(ModelBoard board, PrintStream out, String modelSeconds) throws InterruptedException {
    examples.provide("fake-model", Map.of("MODEL_SECONDS", modelSeconds));
    MessageBroker broker = app.broker();
    try (Bus bus = broker.connect("tutti-demo");
        board) {
      Connections.await(bus, CONNECT);
      FakeSimulator simulator = new FakeSimulator(bus, NAME, SIMULATION, _ -> {});
      simulator.deploy(
          new FakeSimulator.BrokerForModels(
              broker.hostForModels(), broker.port(), broker.username(), broker.password()));
      show(board, simulator);
      board.close();
      return summary(out, simulator);
    }
  }

  private void show(ModelBoard board, FakeSimulator simulator) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    long seen = 0;
    boolean ended = false;
    while (!ended && System.nanoTime() < deadline) {
      ended = simulator.await(Duration.ZERO);
      seen = Math.max(seen, app.awaitEvent(seen, LOOK));
      deployment().ifPresent(d -> board.update(models(d)));
    }
  }

  private Optional<DeploymentView> deployment() {
    List<DeploymentView> all = app.records().deployments(Set.of(), "", PAGE).items();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
  }

  private List<ModelView> models(DeploymentView deployment) {
    return app.records().models(deployment.id(), Set.of(), "", PAGE).items();
  }

  private boolean summary(PrintStream out, FakeSimulator simulator) throws InterruptedException {
    Optional<DeploymentView> deployment = deployment();
    for (ModelView model : deployment.map(this::models).orElse(List.of())) {
      if ("failed".equals(model.state())) {
        printCrash(out, withLines(model.id()));
      }
    }
    boolean asExpected = simulator.exitCodes().equals(EXPECTED);
    out.println();
    deployment.ifPresent(d ->
        out.println(
            "Simulation %s: %d models, %d succeeded, %d failed."
                .formatted(
                    d.simulationId(),
                    d.models().total(),
                    d.models().succeeded(),
                    d.models().failed())));
    out.println(
        asExpected
            ? "Everything went as it should: the simulator was told each end and each exit code."
            : "The simulator was told %s, but %s was expected."
                .formatted(simulator.exitCodes(), EXPECTED));
    out.flush();
    return asExpected;
  }

  /** The last lines follow the end of a model by a moment. */
  private ModelView withLines(String id) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    ModelView model = app.records().model(id);
    while (model.lastLines().isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(LOOK);
      model = app.records().model(id);
    }
    return model;
  }

  private static void printCrash(PrintStream out, ModelView model) {
    out.println();
    out.println(
        "%s crashed with exit code %d (%s); the last lines of its output:"
            .formatted(model.model(), model.exitCode(), model.reason()));
    model.lastLines().forEach(line -> out.println("  | " + line));
  }
}
