package dev.tutti.cli;

import dev.tutti.cli.Profiles.Known;
import dev.tutti.cli.Profiles.Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tutti profile}: names for servers. */
@Command(
    name = "profile",
    description = {
      "Keeps names for servers, each with what lets you in, in a file that only you may read.",
      "--profile or $TUTTI_PROFILE names the one to talk to, else it is the one in use."
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti profile add lab --server https://lab.example:7070 --token-file lab.token",
      "  tutti profile use lab",
      "  tutti model ls --profile lab"
    })
final class ProfileCommand implements Noun {
  /** What goes for a name when none is in use. */
  private static final String NONE = "none";

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public List<Object> verbs(TuttiCommand tutti) {
    return List.of(new Add(tutti), new Ls(tutti), new Use(tutti), new Rm(tutti));
  }

  /** A verb. */
  abstract static class Verb implements Callable<Integer> {
    private final TuttiCommand tutti;

    @Mixin final HelpOption help = new HelpOption();

    Verb(TuttiCommand tutti) {
      this.tutti = tutti;
    }

    abstract void run(Profiles profiles, Known known);

    @Override
    public final Integer call() {
      Profiles profiles = new Profiles(tutti.surroundings(), tutti.json());
      run(profiles, profiles.read());
      return ExitStatus.OK;
    }

    final TuttiCommand tutti() {
      return tutti;
    }

    final void print(String line) {
      tutti.surroundings().out().println(line);
    }

    static Profile find(Known known, String name) {
      Profile profile = known.byName().get(name);
      if (profile == null) {
        throw unknown(name);
      }
      return profile;
    }
  }

  static CommandFailure unknown(String name) {
    return new CommandFailure(
        ExitStatus.NOT_FOUND,
        "there is no profile " + name,
        "`tutti profile ls` lists them, `tutti profile add` adds one.");
  }

  /** {@code tutti profile add}. */
  @Command(
      name = "add",
      description = "Adds a profile, or replaces the one of that name.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti profile add lab --server http://127.0.0.1:7071 --data ./data",
        "  ssh lab cat data/token | tutti profile add lab --server https://lab:7070 --token-file -"
      })
  static final class Add extends Verb {
    @Parameters(paramLabel = "NAME", description = "What to call it.")
    private String name = "";

    @Option(
        names = "--server",
        required = true,
        paramLabel = "URL",
        description = "Address of the server.")
    private String server = "";

    @Option(
        names = "--token-file",
        paramLabel = "FILE",
        description = "File with the token, which is copied; - for standard input.")
    private @Nullable String tokenFile;

    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "Data folder of the server, whose file 'token' is read each time.")
    private @Nullable Path data;

    Add(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    void run(Profiles profiles, Known known) {
      if (!name.matches("[A-Za-z0-9._-]{1,64}") || name.equals(NONE)) {
        throw new CommandFailure(
            ExitStatus.USAGE,
            "'" + name + "' is no name for a profile",
            "Use up to 64 letters, digits, '.', '_' and '-'; 'none' has a meaning of its own.");
      }
      TuttiCommand.address("--server", server);
      String folder = data == null ? null : data.toAbsolutePath().normalize().toString();
      Map<String, Profile> all = new LinkedHashMap<>(known.byName());
      all.put(name, new Profile(server, token(), folder));
      profiles.write(new Known(known.inUse(), all));
      print("profile " + name + " is in " + profiles.file());
    }

    private @Nullable String token() {
      if (tokenFile == null) {
        return null;
      }
      try {
        return (tokenFile.equals("-")
                ? new String(tutti().surroundings().in().readAllBytes(), StandardCharsets.UTF_8)
                : Files.readString(Path.of(tokenFile)))
            .strip();
      } catch (IOException | UncheckedIOException unreadable) {
        throw new CommandFailure(
            ExitStatus.USAGE,
            "the token in " + tokenFile + " cannot be read: " + unreadable,
            "Name a file that holds the token and nothing else.");
      }
    }
  }

  /** {@code tutti profile ls}. */
  @Command(
      name = "ls",
      description = "Lists profiles; * marks the one in use. Tokens are never shown.",
      footerHeading = "%nExamples:%n",
      footer = "  tutti profile ls")
  static final class Ls extends Verb {
    @Option(
        names = {"-q", "--quiet"},
        description = "Names only, one a line, for other commands.")
    private boolean quiet;

    Ls(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    void run(Profiles profiles, Known known) {
      if (quiet) {
        known.byName().keySet().forEach(this::print);
        return;
      }
      Table<Map.Entry<String, Profile>> table =
          new Table<>(
              List.of(
                  Column.of("", entry -> entry.getKey().equals(known.inUse()) ? "*" : ""),
                  Column.of("PROFILE", Map.Entry::getKey),
                  Column.of("SERVER", entry -> entry.getValue().server()),
                  Column.of("TOKEN", entry -> kept(entry.getValue()))));
      Surroundings around = tutti().surroundings();
      table
          .lines(List.copyOf(known.byName().entrySet()), around.screen().width(), around.coloured())
          .forEach(this::print);
    }

    private static String kept(Profile profile) {
      if (profile.token() != null) {
        return "kept";
      }
      return profile.data() != null ? "in " + profile.data() : "";
    }
  }

  /** {@code tutti profile use}. */
  @Command(
      name = "use",
      description = "Makes a profile the one that holds when none is named.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti profile use lab",
        "  tutti profile use none     the server of this machine again"
      })
  static final class Use extends Verb {
    @Parameters(paramLabel = "PROFILE", description = "Its name, or none.")
    private String name = "";

    Use(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    void run(Profiles profiles, Known known) {
      if (name.equals(NONE)) {
        profiles.write(new Known("", known.byName()));
        print("no profile is in use");
        return;
      }
      Profile profile = find(known, name);
      profiles.write(new Known(name, known.byName()));
      print("profile " + name + " is in use: " + profile.server());
    }
  }

  /** {@code tutti profile rm}. */
  @Command(
      name = "rm",
      description = "Forgets a profile, and its token with it.",
      footerHeading = "%nExamples:%n",
      footer = "  tutti profile rm lab")
  static final class Rm extends Verb {
    @Parameters(paramLabel = "PROFILE", description = "Its name.")
    private String name = "";

    Rm(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    void run(Profiles profiles, Known known) {
      find(known, name);
      Map<String, Profile> others = new LinkedHashMap<>(known.byName());
      others.remove(name);
      profiles.write(new Known(known.inUse().equals(name) ? "" : known.inUse(), others));
      print("profile " + name + " is forgotten");
    }
  }
}
