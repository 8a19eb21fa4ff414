package dev.tutti.app;

import dev.tutti.api.Resource;
import dev.tutti.api.SimulationView;
import dev.tutti.api.SimulationsClient;
import dev.tutti.api.Timeouts;
import dev.tutti.api.TuttiClient;
import dev.tutti.cli.JacksonJson;
import dev.tutti.cli.SimulationBoard;
import dev.tutti.core.Failure;
import dev.tutti.simulations.results.Results;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A day of a neighbourhood: weather, roofs, households, their connections and the network, each
 * calculated by a model of its own, in a Tutti of its own. Asks for it as any client does.
 */
final class DemoSimulation {

  private static final String EXAMPLE = "neighbourhood";
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final App app;
  private final Path results;
  private final ExampleImages examples;

  /**
   * Does nothing yet.
   *
   * @param results folder for the tables, made when needed
   */
  DemoSimulation(DemoServer server, Path results) {
    this.app = server.app();
    this.examples = server.examples();
    this.results = results;
  }

  /** Plays it, and says whether it succeeded. */
  boolean run(SimulationBoard board, PrintStream out) throws InterruptedException {
    Path example = Examples.folder(EXAMPLE);
    examples.provide(EXAMPLE, Map.of());
    TuttiClient client = new TuttiClient(app.uri(), app.token(), new JacksonJson(), Timeouts.USUAL);
    SimulationView simulation =
        new SimulationsClient(client).start(request(example), SimulationView.class);
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (!simulation.state().equals("ended")) {
      if (System.nanoTime() > deadline) {
        throw new Failure.Unavailable("The simulation did not end within " + LONGEST + ".");
      }
      board.update(simulation);
      Thread.sleep(LOOK);
      simulation = client.get(Resource.SIMULATIONS, simulation.id());
    }
    board.update(simulation);
    board.close();
    boolean succeeded = simulation.outcome().equals("succeeded");
    if (succeeded) {
      new ResultReport(app.simulations().results(), simulation.id()).print(out);
      save(simulation.id());
      out.println("The tables are in " + results + ", a line per object and step.");
    } else {
      out.println("The simulation did not succeed: " + simulation.reason());
    }
    out.flush();
    return succeeded;
  }

  private static byte[] request(Path example) {
    try {
      return Files.readAllBytes(example.resolve("request.json"));
    } catch (IOException unreadable) {
      throw new Failure.Unavailable("The example's request cannot be read.", unreadable);
    }
  }

  private void save(String simulation) {
    Results tables = app.simulations().results();
    try {
      Files.createDirectories(results);
      for (String measurement : tables.measurements(simulation)) {
        try (Writer csv = Files.newBufferedWriter(results.resolve(measurement + ".csv"))) {
          tables.table(simulation, measurement).writeCsv(csv);
        }
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
