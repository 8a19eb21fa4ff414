package dev.tutti.app;

import dev.tutti.cli.HelpOption;
import dev.tutti.cli.Screen;
import dev.tutti.cli.SimulationBoard;
import dev.tutti.cli.Surroundings;
import dev.tutti.core.Failure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tutti demo}: a co-simulation from nothing to its results. */
@Command(
    name = "simulation",
    description = {
      "Starts Tutti on free ports in a temporary folder and simulates a day of a neighbourhood in 96",
      "steps: weather, roofs, households, connections and a network, each a model of its own that",
      "exchanges data with the others at every step. Shows what came of it and where the tables are.",
      "Uses an embedded broker, or the one that --mqtt-host names. With --backplane docker the models",
      "are containers, of images that are built on this machine and removed afterwards."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti demo simulation",
      "  tutti demo simulation --stay        leaves Tutti running, to be looked at",
      "  tutti demo simulation --results .   puts the tables here",
      "  tutti demo simulation --backplane docker"
    })
final class DemoSimulationCommand implements Callable<Integer> {

  @Mixin private final BrokerOptions broker = new BrokerOptions();
  @Mixin private final BackplaneOption backplane = new BackplaneOption();

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "Where to put the tables. Default: a new folder beside other temporary files.")
  private @Nullable Path results;

  @Option(names = "--stay", description = "Go on running afterwards, until Ctrl-C.")
  private boolean stay;

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Surroundings surroundings = Surroundings.ofProcess();
    PrintStream out = surroundings.out();
    Path tables = results == null ? Files.createTempDirectory("tutti-results-") : results;
    try (DemoServer server = DemoServer.start(backplane, broker.broker())) {
      out.println(server.sentence());
      Screen screen = surroundings.screen();
      boolean succeeded;
      try (SimulationBoard board =
          new SimulationBoard(
              out,
              screen.terminal(),
              screen::width,
              screen.terminal() && System.getenv("NO_COLOR") == null,
              surroundings.clock())) {
        succeeded = new DemoSimulation(server, tables.toAbsolutePath()).run(board, out);
      }
      if (stay) {
        out.printf(
            "Look around, for example with: TUTTI_DATA=%s ./tutti simulation ls --server %s%nCtrl-C ends it.%n",
            server.data(), server.uri());
        new CountDownLatch(1).await();
      }
      return succeeded ? 0 : 1;
    } catch (Failure failure) {
      System.err.println("tutti: " + failure.problem().sentence());
      return 1;
    }
  }
}
