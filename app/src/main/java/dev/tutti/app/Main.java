package dev.tutti.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code tutti} program. */
@Command(
    name = "tutti",
    description = "Runs models, simulations and the services around them.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
