package dev.tutti.app;

import dev.tutti.app.settings.Schema;
import dev.tutti.app.settings.Wrong;
import dev.tutti.cli.HelpOption;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code tutti config}: what a server that is started here would be set to. */
@Command(
    name = "config",
    description = {
      "Shows and checks settings: those of a server that is started in this folder, with this",
      "environment. Flags go before the environment, that before a .env file, that before a file of",
      "YAML. No server has to run."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ConfigCommand.Show.class,
      ConfigCommand.Check.class,
      ConfigCommand.OfSchema.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti config show --origin                 every value, and where it was set",
      "  tutti config check --config tutti.yaml     all mistakes at once",
      "  tutti config schema > tutti.schema.json    for an editor"
    })
final class ConfigCommand {

  @Mixin final HelpOption help = new HelpOption();

  /** {@code tutti config show}. */
  @Command(
      name = "show",
      description = "Shows every setting as it holds; secrets are never shown.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti config show",
        "  tutti config show --origin --set limits.workloads=10",
        "  tutti config show -o yaml > tutti.yaml     a file to begin with"
      })
  static final class Show implements Callable<Integer> {

    @Mixin private final ServerOptions options = new ServerOptions();

    @Option(names = "--origin", description = "Show where each value was set.")
    private boolean origin;

    @Option(
        names = {"-o", "--output"},
        paramLabel = "FORMAT",
        description = "table, json or yaml. Default: table.")
    private ConfigText.Format format = ConfigText.Format.TABLE;

    @Mixin final HelpOption help = new HelpOption();

    @Spec private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
      Settled settled = options.read();
      PrintWriter out = command.commandLine().getOut();
      out.print(new ConfigText(settled, origin).in(format));
      out.flush();
      return tellWrong(settled, command) ? 1 : 0;
    }
  }

  /** {@code tutti config check}. */
  @Command(
      name = "check",
      description = {
        "Says all that is wrong with the settings at once, each with its place and what to do.",
        "Exits with 1 when a server would not start with them."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  tutti config check", "  tutti config check --config /etc/tutti/tutti.yaml"})
  static final class Check implements Callable<Integer> {

    @Mixin private final ServerOptions options = new ServerOptions();

    @Mixin final HelpOption help = new HelpOption();

    @Spec private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
      Settled settled = options.read();
      if (tellWrong(settled, command)) {
        return 1;
      }
      PrintWriter out = command.commandLine().getOut();
      out.println("The settings are sound: " + settled.sources() + ".");
      out.flush();
      return 0;
    }
  }

  /** {@code tutti config schema}. */
  @Command(
      name = "schema",
      description = "Prints the JSON Schema (2020-12) of the file of settings.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti config schema > tutti.schema.json",
        "  # yaml-language-server: $schema=tutti.schema.json     as first line of tutti.yaml"
      })
  static final class OfSchema implements Callable<Integer> {

    @Mixin final HelpOption help = new HelpOption();

    @Spec private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
      PrintWriter out = command.commandLine().getOut();
      out.println(schema());
      out.flush();
      return 0;
    }
  }

  /** The schema as it is printed. */
  static String schema() {
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(Schema.of("Settings of a Tutti server", ServerSettings.ALL))
        .replace("\r\n", "\n");
  }

  /** Whether a server would not start. */
  static boolean tellWrong(Settled settled, CommandSpec command) {
    PrintWriter err = command.commandLine().getErr();
    settled.wrong().forEach(wrong -> tell(err, "error  ", wrong));
    settled.doubts().forEach(doubt -> tell(err, "warning", doubt));
    if (!settled.wrong().isEmpty()) {
      int count = settled.wrong().size();
      err.println("tutti: %d %s in the settings".formatted(count, count == 1 ? "error" : "errors"));
    }
    err.flush();
    return !settled.wrong().isEmpty();
  }

  private static void tell(PrintWriter err, String level, Wrong wrong) {
    err.println(level + "  " + printable(wrong.line()));
    err.println(" ".repeat(9) + "-> " + printable(wrong.advice()));
  }

  /** What was written may have control characters, which could move the cursor. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
