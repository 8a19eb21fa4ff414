package dev.tutti.cli;

import dev.tutti.api.Timeouts;
import dev.tutti.api.Trust;
import dev.tutti.api.TuttiClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The root of the {@code tutti} command. */
@Command(
    name = "tutti",
    description = "Runs models, simulations and the services around them.",
    versionProvider = BuiltVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the server refused, or what was asked for failed",
      "2:the command was not understood, or a name means several objects",
      "3:not found",
      "4:the server is not reachable, or did not accept the token"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti server                  start a server on this machine",
      "  tutti model ls                what runs",
      "  tutti model logs -f 1-model   read along with a model",
      "  tutti model ls -o json        for scripts",
      "",
      "A deployment's id is simulator~simulation~attempt, a model's id adds ~model. Short forms do:",
      "a simulation id means its newest attempt; simulation/model or just a model's id mean a model",
      "of a newest attempt. Every command has --help."
    })
public final class TuttiCommand {
  private static final String USUAL_SERVER = "http://127.0.0.1:7070";
  private static final int HELP_WIDTH = 100;

  private final Surroundings surroundings;
  private @Nullable JacksonJson json;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();
  @Mixin final HelpOption help = new HelpOption();

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version of this program and exit.")
  boolean version;

  private TuttiCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The whole command of this process, with commands that other modules contribute. */
  public static CommandLine tutti(List<Object> furtherCommands) {
    return tutti(Surroundings.ofProcess(), furtherCommands);
  }

  /** The whole command within given surroundings; {@code execute} returns the exit code. */
  public static CommandLine tutti(Surroundings surroundings, List<Object> furtherCommands) {
    TuttiCommand root = new TuttiCommand(surroundings);
    CommandTree tree = new CommandTree(root, command -> set(command, surroundings));
    furtherCommands.forEach(tree::command);
    tree.noun(new SimulationCommand(), SimulationCommand.verbs(root));
    tree.noun(new ModelCommand(), ModelCommand.verbs(root));
    tree.noun(new DeploymentCommand(), DeploymentCommand.verbs(root));
    tree.noun(new WorkloadCommand(), WorkloadCommand.verbs(root));
    tree.noun(new ImageCommand(), ImageCommand.verbs(root));
    tree.noun(new EventCommand(), EventCommand.verbs(root));
    tree.noun(new OwnerCommand(), OwnerCommand.verbs(root));
    tree.noun(new UserCommand(), UserCommand.verbs(root));
    tree.noun(new TokenCommand(), TokenCommand.verbs(root));
    tree.command(new SignInCommand(root));
    tree.command(new DoctorCommand(root));
    tree.noun(new SdkCommand(), SdkCommand.verbs(root));
    tree.command(new BackupCommand(root));
    tree.command(new VersionCommand(root));
    return tree;
  }

  private static void set(CommandLine command, Surroundings around) {
    Failures failures = new Failures(around);
    Help.Ansi ansi = around.coloured() ? Help.Ansi.ON : Help.Ansi.OFF;
    command
        .setOut(new PrintWriter(around.out(), true, around.out().charset()))
        .setErr(new PrintWriter(around.err(), true, around.err().charset()))
        .setColorScheme(Help.defaultColorScheme(ansi))
        .setUsageHelpWidth(HELP_WIDTH)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures);
  }

  /** The streams, environment and screen that commands are to use. */
  public Surroundings surroundings() {
    return surroundings;
  }

  /** The data folder that was given to {@code tutti} itself, or the usual one. */
  public Path dataFolder() {
    return dataFolder(null);
  }

  JacksonJson json() {
    JacksonJson existing = json;
    if (existing == null) {
      existing = new JacksonJson();
      json = existing;
    }
    return existing;
  }

  TuttiClient client(ConnectionOptions own) {
    URI server = server(own);
    SSLSocketFactory trusted = "https".equals(server.getScheme()) ? trusted(own) : null;
    return new TuttiClient(server, token(own.data), json(), Timeouts.USUAL, trusted);
  }

  /** Null for those whom this Java trusts. */
  private @Nullable SSLSocketFactory trusted(ConnectionOptions own) {
    Path file = own.caFile != null ? own.caFile : connection.caFile;
    String variable = surroundings.variable("TUTTI_CA_FILE");
    if (file == null && variable != null) {
      file = Path.of(variable);
    }
    try {
      return file == null ? null : Trust.in(file);
    } catch (IOException | GeneralSecurityException unusable) {
      throw new CommandFailure(
          ExitStatus.USAGE,
          "there are no certificates to trust in " + file + ": " + unusable.getMessage(),
          "Name a file in PEM with --ca-file or TUTTI_CA_FILE.");
    }
  }

  private URI server(ConnectionOptions own) {
    String named = own.server != null ? own.server : connection.server;
    String from = named == null ? "TUTTI_SERVER" : "--server";
    if (named == null) {
      named = Objects.requireNonNullElse(surroundings.variable("TUTTI_SERVER"), USUAL_SERVER);
    }
    URI server;
    try {
      server = URI.create(named);
    } catch (IllegalArgumentException _) {
      throw noAddress(from, named);
    }
    boolean http = "http".equals(server.getScheme()) || "https".equals(server.getScheme());
    if (!http || server.getHost() == null) {
      throw noAddress(from, named);
    }
    return server;
  }

  private static CommandFailure noAddress(String from, String named) {
    return new CommandFailure(
        ExitStatus.USAGE,
        from + " is no address of a server: " + named,
        "It is written like " + USUAL_SERVER + ".");
  }

  Path dataFolder(@Nullable Path own) {
    if (own != null) {
      return own;
    }
    if (connection.data != null) {
      return connection.data;
    }
    String named = surroundings.variable("TUTTI_DATA");
    if (named != null) {
      return Path.of(named);
    }
    String state = surroundings.variable("XDG_STATE_HOME");
    Path states =
        state == null ? surroundings.home().resolve(".local").resolve("state") : Path.of(state);
    return states.resolve("tutti");
  }

  private @Nullable String token(@Nullable Path data) {
    String given = surroundings.variable("TUTTI_TOKEN");
    if (given != null) {
      return given.strip();
    }
    Path file = dataFolder(data).resolve("token");
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException _) {
      // The server may let us in without one; if not, it says so.
      return null;
    } catch (IOException unreadable) {
      throw new CommandFailure(
          ExitStatus.NO_SERVER,
          "the token in " + file + " cannot be read: " + unreadable,
          "It belongs to who started the server: use TUTTI_TOKEN, or another --data.");
    }
  }
}
