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
    int code = new CommandLine(new Main()).execute(arguments);
    // Runtime.exit() logs itself, which starts the logging library: 100 ms that success can save.
    if (code != 0) {
      System.exit(code);
    }
  }
}
