package dev.tutti.backplane.docker;

import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Image;
import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.SecretMap;
import dev.tutti.core.backplane.ImageFacts;
import dev.tutti.core.backplane.Port;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The images of an engine. Those that we built carry a label of ours; others are shown and used,
 * and never replaced or removed.
 */
public final class DockerImages implements AutoCloseable {

  private static final String LABEL = "dev.tutti.image";
  private static final String RUNTIME = "runtime";
  private static final String PROGRAM = "program";
  private static final String NO_NAME = "<none>";

  private final Engine engine;
  private final Duration buildWithin;

  /** Those of one engine; nothing is asked of it yet. */
  public DockerImages(DockerSettings settings) {
    this(new Engine(settings), settings.pullWithin());
  }

  DockerImages(Engine engine, Duration buildWithin) {
    this.engine = engine;
    this.buildWithin = buildWithin;
  }

  /** All that have a name, each name once. */
  public List<DockerImage> list() {
    return asked(
        "list images",
        () ->
            engine.call(client -> client.listImagesCmd().exec()).stream()
                .flatMap(DockerImages::names)
                .sorted()
                .flatMap(name -> find(name).stream())
                .toList());
  }

  private static Stream<String> names(Image image) {
    String[] names = image.getRepoTags();
    return names == null
        ? Stream.empty()
        : Arrays.stream(names).filter(name -> !name.contains(NO_NAME));
  }

  /** Looks at one without starting anything. */
  public Optional<DockerImage> find(String reference) {
    return asked(
        "inspect image " + reference,
        () -> {
          try {
            return Optional.of(
                described(
                    reference, engine.call(client -> client.inspectImageCmd(reference).exec())));
          } catch (NotFoundException absent) {
            return Optional.empty();
          }
        });
  }

  private static DockerImage described(String reference, InspectImageResponse image) {
    ContainerConfig config = image.getConfig() == null ? new ContainerConfig() : image.getConfig();
    Map<String, String> labels = config.getLabels() == null ? Map.of() : config.getLabels();
    ImageFacts facts =
        new ImageFacts(
            reference,
            String.valueOf(image.getId()),
            digest(image),
            Instant.parse(String.valueOf(image.getCreated())),
            image.getSize() == null ? 0 : image.getSize(),
            String.valueOf(image.getArch()),
            config.getUser() == null ? "" : config.getUser(),
            words(config.getEntrypoint()),
            words(config.getCmd()),
            config.getWorkingDir() == null ? "" : config.getWorkingDir(),
            SecretMap.of(variables(config.getEnv())),
            labels,
            ports(config.getExposedPorts()));
    return new DockerImage(facts, labels.containsKey(LABEL));
  }

  private static String digest(InspectImageResponse image) {
    return image.getRepoDigests() == null || image.getRepoDigests().isEmpty()
        ? ""
        : image.getRepoDigests().getFirst();
  }

  private static List<String> words(String @Nullable [] given) {
    return given == null ? List.of() : List.of(given);
  }

  private static List<Port> ports(ExposedPort @Nullable [] exposed) {
    return Arrays.stream(exposed == null ? new ExposedPort[0] : exposed)
        .flatMap(port -> ContainerPorts.of(port).stream())
        .sorted(Comparator.comparingInt(Port::number).thenComparing(Port::protocol))
        .toList();
  }

  private static Map<String, String> variables(String @Nullable [] set) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String variable : set == null ? new String[0] : set) {
      int equals = variable.indexOf('=');
      if (equals > 0) {
        variables.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    return variables;
  }

  /**
   * Builds an image of a Java program, on the Java that runs this: made once and shared by all. One
   * of ours of the same name is replaced; what runs goes on with the old one.
   *
   * @throws Failure.Rejected when an image of somebody else has the name, or there are no jars
   */
  public DockerImage build(JavaImage image) throws InterruptedException {
    Optional<DockerImage> before = find(image.reference());
    requireOurs(image.reference(), before, "replace");
    LocalJava java = new LocalJava();
    if (find(java.reference()).isEmpty()) {
      build(java.reference(), RUNTIME, java::write);
    }
    build(image.reference(), PROGRAM, archive -> write(archive, image, java.reference()));
    DockerImage built =
        find(image.reference())
            .orElseThrow(() ->
                new Failure.Unavailable(
                    "Image '%s' was built and removed at once.".formatted(image.reference())));
    before
        .map(known -> known.facts().id())
        .filter(id -> !id.equals(built.facts().id()))
        .ifPresent(this::removeUnlessUsed);
    return built;
  }

  private static void write(RootArchive archive, JavaImage image, String base) throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(image.jars())) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
    if (jars.isEmpty()) {
      throw new Failure.Rejected(
          Problem.of("no-jars", 400, "There are no jars in %s.".formatted(image.jars()))
              .suggesting("Name the folder that has the program and what it needs."));
    }
    archive.text("Dockerfile", BuildFile.of(image, base));
    for (Path jar : jars) {
      archive.file("app/" + jar.getFileName(), jar);
    }
  }

  /** Writes what an image is built from. */
  private interface Content {
    void write(RootArchive archive) throws IOException, InterruptedException;
  }

  private void build(String reference, String kind, Content content) throws InterruptedException {
    try {
      Path file = Files.createTempFile("tutti-image", ".tar");
      try {
        try (RootArchive archive =
            new RootArchive(new BufferedOutputStream(Files.newOutputStream(file)))) {
          content.write(archive);
        }
        send(reference, kind, file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException failed) {
      throw new Failure.Unavailable(
          "Image '%s' could not be built: %s.".formatted(reference, failed.getMessage()), failed);
    }
  }

  private void send(String reference, String kind, Path file) throws IOException {
    try (InputStream archive = Files.newInputStream(file)) {
      var _ =
          engine.stream(client ->
                  client
                      .buildImageCmd(archive)
                      .withTags(Set.of(reference))
                      .withLabels(Map.of(LABEL, kind))
                      .withPull(false)
                      .withRemove(true)
                      .withForcerm(true)
                      .exec(new BuildImageResultCallback()))
              .awaitImageId(buildWithin.toMillis(), TimeUnit.MILLISECONDS);
    } catch (DockerException | DockerClientException failed) {
      throw new Failure.Unavailable(
          "The Docker Engine could not build image '%s': %s"
              .formatted(reference, Engine.said(failed)),
          failed);
    }
  }

  /**
   * Removes one of ours; one that is gone is no error. The Java below it goes with the last.
   *
   * @throws Failure.Rejected when it is not ours, or a container uses it
   */
  public void remove(String reference) {
    Optional<DockerImage> image = find(reference);
    requireOurs(reference, image, "remove");
    var _ =
        asked(
            "remove image " + reference,
            () -> {
              try {
                engine.call(client -> client.removeImageCmd(reference).exec());
                return true;
              } catch (NotFoundException gone) {
                return false;
              } catch (ConflictException used) {
                throw new Failure.Rejected(
                    Problem.of("image-used", 409, Engine.said(used) + ".")
                        .suggesting("Remove it once nothing uses it."));
              }
            });
    removeUnusedRuntimes();
  }

  private void removeUnusedRuntimes() {
    boolean programs =
        !engine
            .call(client -> client.listImagesCmd().withLabelFilter(Map.of(LABEL, PROGRAM)).exec())
            .isEmpty();
    if (!programs) {
      engine
          .call(client -> client.listImagesCmd().withLabelFilter(Map.of(LABEL, RUNTIME)).exec())
          .forEach(runtime -> removeUnlessUsed(runtime.getId()));
    }
  }

  private void removeUnlessUsed(String id) {
    try {
      engine.call(client -> client.removeImageCmd(id).exec());
    } catch (NotFoundException | ConflictException other) {
      // Gone, or another name or a container has it.
    }
  }

  private static void requireOurs(String reference, Optional<DockerImage> image, String what) {
    if (image.isPresent() && !image.get().ours()) {
      throw new Failure.Rejected(
          Problem.of(
                  "image-not-ours",
                  409,
                  "The engine's image '%s' was not built by Tutti, which does not %s it."
                      .formatted(reference, what))
              .suggesting("Choose another name, or remove it with docker image rm."));
    }
  }

  private interface Asking<T> {
    T ask();
  }

  private static <T> T asked(String what, Asking<T> asking) {
    try {
      return asking.ask();
    } catch (DockerException trouble) {
      throw new Failure.Unavailable(
          "The Docker Engine could not %s: %s".formatted(what, Engine.said(trouble)), trouble);
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
