package dev.tutti.app;

import dev.tutti.cli.ModelBoard;
import dev.tutti.cli.Screen;
import dev.tutti.cli.Surroundings;
import dev.tutti.core.Failure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
    Path folder = Files.createTempDirectory("tutti-demo-");
    Thread cleared = Thread.currentThread();
    Logging.toFile(folder.resolve("tutti.log"));
    try (DemoModels demo = new DemoModels(backplane.ofDemo(folder, broker.broker()))) {
      Thread interrupted = Thread.ofPlatform().unstarted(() -> interrupted(demo, folder, cleared));
      Runtime.getRuntime().addShutdownHook(interrupted);
      out.println("Tutti runs at " + demo.uri() + " with the broker " + demo.broker() + ".");
      Screen screen = surroundings.screen();
      ModelBoard board = new ModelBoard(out, screen.terminal(), screen::width);
      boolean asExpected = demo.run(board, out, seconds);
      Runtime.getRuntime().removeShutdownHook(interrupted);
      return asExpected ? 0 : 1;
    } catch (Failure failure) {
      System.err.println("tutti: " + failure.problem().sentence());
      return 1;
    } finally {
      delete(folder);
    }
  }

  /** Ctrl-C: what was started is stopped before the process ends. */
  private static void interrupted(DemoModels demo, Path folder, Thread main) {
    main.interrupt();
    demo.close();
    try {
      delete(folder);
    } catch (IOException left) {
      System.err.println("tutti: could not delete " + folder + ": " + left.getMessage());
    }
  }

  /** One at a time: whoever is interrupted clears away beside the one who interrupts. */
  static synchronized void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
