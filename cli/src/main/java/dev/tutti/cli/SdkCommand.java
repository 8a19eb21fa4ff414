package dev.tutti.cli;

import dev.tutti.cli.project.Build;
import dev.tutti.cli.project.ConfigProblem;
import dev.tutti.cli.project.ConfigReader;
import dev.tutti.cli.project.Project;
import dev.tutti.cli.project.ServiceConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tutti sdk}: for authors of models. */
@Command(
    name = "sdk",
    description = "Makes projects of models.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = "  tutti sdk new my-model --config config.yaml")
final class SdkCommand implements Noun {
  @Mixin final HelpOption help = new HelpOption();

  @Override
  public List<Object> verbs(TuttiCommand tutti) {
    return List.of(new New(tutti));
  }

  /** {@code tutti sdk new}. */
  @Command(
      name = "new",
      description = {
        "Makes the project of a model from the YAML of the original generator, builds it and",
        "runs it for two steps. Calculations that are there already are never overwritten."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti sdk new my-model --config config.yaml",
        "  tutti sdk new my-model --config config.yaml --esdl-type PVInstallation --no-build"
      })
  static final class New implements Callable<Integer> {
    private final TuttiCommand tutti;

    @Mixin final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "NAME", description = "Folder of the project.")
    private Path folder = Path.of("");

    @Option(
        names = "--config",
        required = true,
        paramLabel = "FILE",
        description =
            "The configuration: default_context with service_name, version, calculations.")
    private Path configuration = Path.of("");

    @Option(
        names = "--esdl-type",
        paramLabel = "CLASS",
        description = "ESDL class that the model calculates. Default: EnergySystem.")
    private String esdlType = "EnergySystem";

    @Option(names = "--no-build", description = "Only write the files.")
    private boolean unbuilt;

    @Option(
        names = "--sdk",
        paramLabel = "DIR",
        description = "Jars of the SDK. Default: those of this distribution.")
    private @Nullable Path sdk;

    New(TuttiCommand tutti) {
      this.tutti = tutti;
    }

    @Override
    public Integer call() throws InterruptedException {
      String yaml = yaml();
      ServiceConfig config =
          switch (ConfigReader.read(yaml)) {
            case ConfigReader.Result.Sound(ServiceConfig sound) -> sound;
            case ConfigReader.Result.Wrong(List<ConfigProblem> problems) -> throw refused(problems);
          };
      Project project = new Project(folder, config, yaml, esdlType, BuiltVersion.number());
      List<Path> kept = project.write();
      PrintStream out = tutti.surroundings().out();
      out.println("%s is in %s".formatted(config.name(), folder));
      kept.forEach(file -> out.println("  kept as it was: " + folder.relativize(file)));
      if (!unbuilt) {
        build(project, out);
      }
      return ExitStatus.OK;
    }

    private void build(Project project, PrintStream out) throws InterruptedException {
      try {
        out.println("built and checked: " + new Build(folder, jars()).run(project.checkType()));
      } catch (Build.Failed failed) {
        tutti.surroundings().err().println(failed.getMessage());
        throw new CommandFailure(
            ExitStatus.FAILED,
            "the project in %s is written, but does not build".formatted(folder),
            "Mend it and run this command again: your calculations are kept.");
      }
    }

    private String yaml() {
      try {
        return Files.readString(configuration);
      } catch (NoSuchFileException _) {
        throw new CommandFailure(
            ExitStatus.NOT_FOUND,
            "there is no " + configuration,
            "Name the YAML file in --config.");
      } catch (IOException unreadable) {
        throw new CommandFailure(
            ExitStatus.FAILED,
            "%s cannot be read: %s".formatted(configuration, unreadable),
            "Name a YAML file in UTF-8 in --config.");
      }
    }

    private CommandFailure refused(List<ConfigProblem> problems) {
      problems.forEach(problem -> tutti.surroundings().err().println(problem));
      return new CommandFailure(
          ExitStatus.FAILED,
          "%s has %d problem%s"
              .formatted(configuration, problems.size(), problems.size() == 1 ? "" : "s"),
          "Nothing was written. Mend these and run the command again.");
    }

    private Path jars() {
      Path jars = sdk != null ? sdk : beside();
      if (!Files.isDirectory(jars)) {
        throw new CommandFailure(
            ExitStatus.NOT_FOUND,
            "the SDK is not in " + jars,
            "Name the folder of its jars in --sdk, or leave the building with --no-build.");
      }
      return jars;
    }

    /** Where the distribution has them: {@code lib} and {@code sdk} side by side. */
    private static Path beside() {
      try {
        Path jar =
            Path.of(SdkCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return jar.resolveSibling("../sdk").normalize();
      } catch (URISyntaxException impossible) {
        throw new IllegalStateException("a class comes from a place", impossible);
      }
    }
  }
}
