package dev.tutti.cli;

import dev.tutti.api.Timeouts;
import dev.tutti.api.Trust;
import dev.tutti.api.TuttiClient;
import dev.tutti.cli.Profiles.Profile;
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
      "4:the server is not reachable, or did not accept the token",
      "5:what --wait waited for did not happen within --timeout"
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
  public static CommandLine tutti(List<Word> ofOthers) {
    return tutti(Surroundings.ofProcess(), ofOthers);
  }

  /** The whole command within given surroundings; {@code execute} returns the exit code. */
  public static CommandLine tutti(Surroundings surroundings, List<Word> ofOthers) {
    TuttiCommand root = new TuttiCommand(surroundings);
    CommandTree tree = new CommandTree(root, command -> set(command, surroundings));
    ofOthers.forEach(tree::word);
    tree.word(Word.alone("simulation", SimulationCommand::new));
    tree.word(Word.alone("model", ModelCommand::new));
    tree.word(Word.alone("deployment", DeploymentCommand::new));
    tree.word(Word.alone("workload", WorkloadCommand::new));
    tree.word(Word.alone("image", ImageCommand::new));
    tree.word(Word.alone("event", EventCommand::new));
    tree.word(Word.alone("owner", OwnerCommand::new));
    tree.word(Word.alone("user", UserCommand::new));
    tree.word(Word.alone("token", TokenCommand::new));
    tree.word(Word.alone("sign-in", () -> new SignInCommand(root)));
    tree.word(Word.alone("doctor", () -> new DoctorCommand(root)));
    tree.word(Word.alone("sdk", SdkCommand::new));
    tree.word(Word.alone("backup", () -> new BackupCommand(root)));
    tree.word(Word.alone("profile", ProfileCommand::new));
    tree.word(Word.alone("completion", () -> new CompletionCommand(root)));
    tree.wordThatSeesAll(Word.alone("complete", () -> new CompleteCommand(root, tree)));
    tree.word(Word.alone("version", () -> new VersionCommand(root)));
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
    return client(own, Timeouts.USUAL);
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

  TuttiClient client(ConnectionOptions own, Timeouts timeouts) {
    String named = own.profile != null ? own.profile : connection.profile;
    String flag = own.server != null ? own.server : connection.server;
    if (named != null && flag != null) {
      throw new CommandFailure(
          ExitStatus.USAGE, "--server and --profile both name a server", "Leave one of them out.");
    }
    Profile profile = named == null ? usualProfile(flag) : profile(named);
    String token = named == null ? token(own.data, profile) : kept(profile);
    URI server = server(flag, profile);
    return new TuttiClient(
        server,
        token == null && named != null ? surroundings.variable("TUTTI_TOKEN") : token,
        json(),
        timeouts,
        "https".equals(server.getScheme()) ? trusted(own) : null);
  }

  /** Who names a server in another way means no profile. */
  private @Nullable Profile usualProfile(@Nullable String flag) {
    if (flag != null || surroundings.variable("TUTTI_SERVER") != null) {
      return null;
    }
    String named = surroundings.variable("TUTTI_PROFILE");
    if (named != null) {
      return profile(named);
    }
    Profiles.Known known = new Profiles(surroundings, json()).read();
    return known.byName().get(known.inUse());
  }

  private Profile profile(String name) {
    Profile profile = new Profiles(surroundings, json()).read().byName().get(name);
    if (profile == null) {
      throw ProfileCommand.unknown(name);
    }
    return profile;
  }

  private URI server(@Nullable String flag, @Nullable Profile profile) {
    if (flag != null) {
      return address("--server", flag);
    }
    if (profile != null) {
      return address("the profile", profile.server());
    }
    return address(
        "TUTTI_SERVER",
        Objects.requireNonNullElse(surroundings.variable("TUTTI_SERVER"), USUAL_SERVER));
  }

  /** The address of a server, as somebody named it. */
  static URI address(String from, String named) {
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

  private @Nullable String token(@Nullable Path data, @Nullable Profile profile) {
    String given = surroundings.variable("TUTTI_TOKEN");
    if (given != null) {
      return given.strip();
    }
    // The token of the server on this machine is nothing for the server of a profile.
    if (profile != null && data == null && connection.data == null) {
      return kept(profile);
    }
    return tokenIn(dataFolder(data));
  }

  private static @Nullable String kept(@Nullable Profile profile) {
    if (profile == null || profile.token() != null || profile.data() == null) {
      return profile == null ? null : profile.token();
    }
    return tokenIn(Path.of(profile.data()));
  }

  private static @Nullable String tokenIn(Path folder) {
    Path file = folder.resolve("token");
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
