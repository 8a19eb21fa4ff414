package dev.tutti.app;

import dev.tutti.cli.ModelBoard;
import dev.tutti.cli.Screen;
import dev.tutti.cli.Surroundings;
import dev.tutti.core.Failure;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tutti demo models}: the README's scenario from nothing to its summary. */
@Command(
    name = "models",
    description = {
      "Starts Tutti on free ports in a temporary folder, deploys four example models, of which one",
      "crashes before it is ready and one after, shows how they fare, and clears everything away.",
      "Uses an embedded broker, or the one that --mqtt-host names. With --backplane docker the models",
      "are containers, of images that are built on this machine and removed afterwards."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti demo models",
      "  tutti demo models | cat               a line for each change",
      "  tutti demo models --backplane docker"
    })
final class DemoModelsCommand implements Callable<Integer> {

  @Mixin private final BrokerOptions broker = new BrokerOptions();
  @Mixin private final BackplaneOption backplane = new BackplaneOption();

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "${env:MODEL_SECONDS:-3}",
      description = "How long a model works. Default: $$MODEL_SECONDS, else 3.")
  private String seconds = "3";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Surroundings surroundings = Surroundings.ofProcess();
    PrintStream out = surroundings.out();
    try (DemoServer server = DemoServer.start(backplane, broker.broker())) {
      out.println(server.sentence());
      Screen screen = surroundings.screen();
      ModelBoard board = new ModelBoard(out, screen.terminal(), screen::width);
      return new DemoModels(server).run(board, out, seconds) ? 0 : 1;
    } catch (Failure failure) {
      System.err.println("tutti: " + failure.problem().sentence());
      return 1;
    }
  }
}
