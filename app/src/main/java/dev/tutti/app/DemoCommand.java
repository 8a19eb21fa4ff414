package dev.tutti.app;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tutti demo}: shows what Tutti does, with nothing else installed. */
@Command(
    name = "demo",
    description =
        "Shows what Tutti does, with nothing else installed. Without a command: simulation.",
    synopsisSubcommandLabel = "[COMMAND]",
    subcommands = {
      DemoSimulationCommand.class,
      DemoModelsCommand.class,
      DemoSimulatorCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti demo",
      "  tutti demo --backplane docker",
      "  tutti demo simulation --stay",
      "  tutti demo models --seconds 1",
      "  tutti demo simulator --mqtt-host localhost"
    })
final class DemoCommand implements Callable<Integer> {

  @Option(names = "--backplane", paramLabel = "NAME", description = "As of tutti demo simulation.")
  private @Nullable String backplane;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  @Override
  public Integer call() {
    String[] arguments =
        backplane == null ? new String[0] : new String[] {"--backplane", backplane};
    return new CommandLine(new DemoSimulationCommand()).execute(arguments);
  }
}
