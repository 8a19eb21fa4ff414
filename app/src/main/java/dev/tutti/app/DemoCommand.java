package dev.tutti.app;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
      "  tutti demo --stay",
      "  tutti demo --backplane docker",
      "  tutti demo --mqtt-host localhost",
      "  tutti demo models --seconds 1",
      "  tutti demo simulator --mqtt-host localhost"
    })
final class DemoCommand implements Callable<Integer> {

  @Mixin private final DemoSimulationCommand simulation = new DemoSimulationCommand();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return simulation.call();
  }
}
