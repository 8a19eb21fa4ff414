package dev.tutti.cli;

import dev.tutti.api.IdentityClient;
import dev.tutti.api.NewTokenView;
import dev.tutti.api.Resource;
import dev.tutti.api.TokenRequest;
import dev.tutti.api.TokenView;
import dev.tutti.api.TuttiClient;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code tutti token}: what lets programs in. */
@Command(
    name = "token",
    description = "Gives programs tokens, and takes them back. For admins.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {"  tutti token add ci --role operator --expires 30d", "  tutti token ls"})
final class TokenCommand implements Noun {
  @Mixin final HelpOption help = new HelpOption();

  @Override
  public List<Object> verbs(TuttiCommand tutti) {
    return List.of(new Add(tutti), new Ls(tutti), new Rm(tutti));
  }

  /** {@code tutti token add}. */
  @Command(
      name = "add",
      description = "Gives a token. It is printed this once, and kept nowhere: only its hash is.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti token add ci --role operator --expires 30d",
        "  TUTTI_TOKEN=$(tutti token add watcher --role viewer) tutti model ls"
      })
  static final class Add extends ClientCommand {
    @Parameters(paramLabel = "NAME", description = "Lower-case letters, digits, '.', '_', '-'.")
    private String name = "";

    @Mixin private final RoleOption role = new RoleOption();

    @Option(
        names = "--expires",
        paramLabel = "TIME",
        converter = Lifetime.class,
        description = "After which it is worth nothing, such as 12h or 30d. Default: never.")
    private @Nullable Duration expires;

    Add(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      Long seconds = expires == null ? null : expires.toSeconds();
      NewTokenView given =
          new IdentityClient(client, json()).addToken(new TokenRequest(name, role.role, seconds));
      print(Printable.line(given.token()));
      note("this is shown once; give it to the program as TUTTI_TOKEN");
      return ExitStatus.OK;
    }
  }

  /** Reads whole minutes, hours and days. */
  static final class Lifetime implements ITypeConverter<Duration> {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,5})(m|h|d)");

    @Override
    public Duration convert(String value) {
      Matcher matcher = WRITTEN.matcher(value);
      if (!matcher.matches()) {
        throw new TypeConversionException("'" + value + "' is no time such as 30m, 12h or 30d");
      }
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "d" -> Duration.ofDays(number);
        case "h" -> Duration.ofHours(number);
        default -> Duration.ofMinutes(number);
      };
    }
  }

  /** {@code tutti token ls}. */
  @Command(
      name = "ls",
      description = "Lists what lets in: tokens of programs, and people who are signed in.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti token ls", "  tutti token ls -o json"})
  static final class Ls extends ListCommand<TokenView> {
    Ls(TuttiCommand tutti) {
      super(tutti, Resource.TOKENS, InsightViews::tokens);
    }
  }

  /** {@code tutti token rm}. */
  @Command(
      name = "rm",
      description = "Takes a token back: from now on it is worth nothing.",
      footerHeading = "%nExamples:%n",
      footer = "  tutti token rm ci")
  static final class Rm extends ClientCommand {
    @Parameters(paramLabel = "NAME", description = "As `tutti token ls` shows it.")
    private String name = "";

    Rm(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      client.delete(Resource.TOKENS, name);
      print(Printable.line(name + " lets nobody in any more"));
      return ExitStatus.OK;
    }
  }
}
