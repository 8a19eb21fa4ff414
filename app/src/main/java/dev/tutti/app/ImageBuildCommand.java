package dev.tutti.app;

import dev.tutti.app.settings.Flags;
import dev.tutti.backplane.docker.DockerImages;
import dev.tutti.backplane.docker.JavaImage;
import dev.tutti.cli.HelpOption;
import dev.tutti.core.Failure;
import dev.tutti.core.backplane.ImageFacts;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tutti image build}: an image of a Java program, without any registry. */
@Command(
    name = "build",
    description = {
      "Builds an image of a Java program for the Docker Engine of $$DOCKER_HOST, else of this machine:",
      "the Java that runs this command, the C libraries it needs, and the jars. No registry is asked.",
      "An image that Tutti built before is replaced, one of somebody else is not. Needs no server."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti image build pv:1.0 --jars target/dist --main-class nl.example.PvService",
      "  tutti image build pv:1.0 --jars dist --main-class Pv --java-option=-Xmx256m --env LEVEL=debug"
    })
final class ImageBuildCommand implements Callable<Integer> {

  @Parameters(paramLabel = "REFERENCE", description = "The image as messages name it.")
  private String reference = "";

  @Option(
      names = "--jars",
      paramLabel = "DIR",
      required = true,
      description = "Folder with the program's jar and all that it needs.")
  private Path jars = Path.of(".");

  @Option(
      names = "--main-class",
      paramLabel = "CLASS",
      required = true,
      description = "Where the program begins.")
  private String mainClass = "";

  @Option(
      names = "--java-option",
      paramLabel = "OPTION",
      description = "Option of the virtual machine; may be repeated.")
  private List<String> options = List.of();

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      description = "Variable that every workload of the image gets; may be repeated.")
  private Map<String, String> environment = new LinkedHashMap<>();

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() throws InterruptedException {
    Settled settled = Settled.read(Flags.none(), Optional.empty(), Environment.ofProcess());
    DockerConfiguration engine = DockerConfiguration.engine(settled.values());
    try (DockerImages images = new DockerImages(engine.settings("build"))) {
      ImageFacts built =
          images.build(new JavaImage(reference, jars, options, mainClass, environment)).facts();
      System.out.printf(
          "%s is built: %d MB, %s%n", built.reference(), built.bytes() / 1_000_000, built.id());
      return 0;
    } catch (Failure failure) {
      System.err.println("tutti: " + failure.problem().sentence());
      return 1;
    }
  }
}
