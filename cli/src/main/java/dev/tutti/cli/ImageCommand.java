package dev.tutti.cli;

import dev.tutti.api.ImageDetails;
import dev.tutti.api.ImageRequest;
import dev.tutti.api.ImageView;
import dev.tutti.api.Resource;
import dev.tutti.api.TuttiClient;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tutti image}: what image references mean. */
@Command(
    name = "image",
    description = {
      "Says what an image of a message means on this server.",
      "With processes that is a command, with containers what the Docker Engine has."
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti image add pv:1.0 -- python3 /srv/pv/main.py",
      "  tutti image ls",
      "  tutti image inspect pv:1.0"
    })
final class ImageCommand implements Noun {
  @Mixin final HelpOption help = new HelpOption();

  @Override
  public List<Object> verbs(TuttiCommand tutti) {
    return List.of(new Add(tutti), new Ls(tutti), new Get(tutti), new Rm(tutti));
  }

  /** {@code tutti image add}. */
  @Command(
      name = "add",
      description = "Says which command an image means; replaces what was said before.",
      showEndOfOptionsDelimiterInUsageHelp = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti image add pv:1.0 -- python3 /srv/pv/main.py",
        "  tutti image add pv:1.0 --workdir /srv/pv --env LEVEL=debug -- python3 -u main.py --fast"
      })
  static final class Add extends ClientCommand {
    @Parameters(
        index = "0",
        paramLabel = "REFERENCE",
        description = "The image as messages name it.")
    private String reference = "";

    @Parameters(
        index = "1..*",
        arity = "1..*",
        paramLabel = "COMMAND",
        description = "Program and arguments, after --.")
    private List<String> command = List.of();

    @Option(
        names = "--workdir",
        paramLabel = "DIR",
        description = "Folder to run in. Default: one of each workload's own.")
    private @Nullable Path workdir;

    @Option(
        names = "--env",
        paramLabel = "NAME=VALUE",
        description = "Variable that every workload of the image gets; may be repeated.")
    private Map<String, String> environment = new LinkedHashMap<>();

    @Mixin private final ChangeOption change = new ChangeOption();

    Add(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      String folder = workdir == null ? null : workdir.toAbsolutePath().normalize().toString();
      client.put(Resource.IMAGES, reference, new ImageRequest(command, folder, environment));
      print(change.sentence(reference, "means " + String.join(" ", command)));
      return ExitStatus.OK;
    }
  }

  /** {@code tutti image ls}. */
  @Command(
      name = "ls",
      description = "Lists images.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti image ls", "  tutti image ls -o json"})
  static final class Ls extends ClientCommand {
    @Mixin private final ListOptions options = new ListOptions();

    Ls(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) throws InterruptedException {
      return list(client, options, Resource.IMAGES, Map.of(), _ -> _ -> true, Views.images());
    }
  }

  /** {@code tutti image get}. */
  @Command(
      name = "get",
      aliases = "inspect",
      description = "Shows all that is known of an image; nothing is started or pulled.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti image get pv:1.0", "  tutti image inspect pv:1.0 -o json"})
  static final class Get extends ClientCommand {
    @Parameters(paramLabel = "REFERENCE", description = "The image as messages name it.")
    private String reference = "";

    @Mixin private final OutputOption output = new OutputOption();

    Get(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      return show(client, output, Resource.IMAGES, reference, this::details);
    }

    private Details details(ImageView image) {
      Details lines =
          new Details(around().clock().getZone())
              .line("reference", image.reference())
              .line("command", String.join(" ", image.command()))
              .line("folder", image.workingDirectory())
              .line("variables", String.join(" ", image.environment().keySet()));
      ImageDetails known = image.details();
      return known == null
          ? lines
          : lines
              .line("id", known.id())
              .line("digest", known.digest())
              .line("created", known.created())
              .line("size", "%d MB".formatted(known.bytes() / 1_000_000))
              .line("machine", known.architecture())
              .line("user", known.user())
              .line("entry point", String.join(" ", known.entryPoint()))
              .line("ports", String.join(" ", known.ports()))
              .block(
                  "labels",
                  known.labels().entrySet().stream()
                      .map(label -> label.getKey() + "=" + label.getValue())
                      .sorted()
                      .toList())
              .line("built by", known.builtByTutti() ? "Tutti" : "");
    }
  }

  /** {@code tutti image rm}. */
  @Command(
      name = "rm",
      description = "Forgets what an image means; what runs goes on.",
      footerHeading = "%nExamples:%n",
      footer = "  tutti image rm pv:1.0")
  static final class Rm extends ClientCommand {
    @Parameters(paramLabel = "REFERENCE", description = "The image as messages name it.")
    private String reference = "";

    @Mixin private final ChangeOption change = new ChangeOption();

    Rm(TuttiCommand tutti) {
      super(tutti);
    }

    @Override
    protected int run(TuttiClient client) {
      client.delete(Resource.IMAGES, reference);
      print(change.sentence(reference, "is forgotten"));
      return ExitStatus.OK;
    }
  }
}
