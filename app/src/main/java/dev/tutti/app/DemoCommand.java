package dev.tutti.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tutti demo}: shows what Tutti does, with nothing else installed. */
@Command(
    name = "demo",
    description = "Shows what Tutti does, with nothing else installed.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {DemoModelsCommand.class, DemoSimulatorCommand.class},
    footerHeading = "%nExamples:%n",
    footer = {"  tutti demo models", "  tutti demo simulator --mqtt-host localhost"})
final class DemoCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  @Override
  public void run() {
    throw new ParameterException(
        new CommandLine(spec), "Which demo? Try `tutti demo models`, or --help.");
  }
}
