package dev.tutti.app;

import dev.tutti.backplane.docker.JavaImage;
import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Image;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The examples that ship beside the program: a folder each, with what they need to run and a file
 * that says which image means which class.
 */
final class Examples {

  private static final String IMAGES = "images.json";
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx64m",
          "--sun-misc-unsafe-memory-access=allow");

  /** The file of an example. */
  private record Listed(List<Entry> images) {}

  /** One image of it. */
  private record Entry(String reference, String mainClass) {}

  private Examples() {}

  /** Puts all images of all examples into a catalogue, where it has none that can be used. */
  static void offer(Images images) {
    Path examples = folder();
    if (!Files.isDirectory(examples)) {
      return;
    }
    try (Stream<Path> folders = Files.list(examples)) {
      folders
          .filter(folder -> Files.exists(folder.resolve(IMAGES)))
          .flatMap(folder -> images(folder, Map.of()).stream())
          .filter(image -> !isUsable(images, image.reference()))
          .forEach(images::add);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static boolean isUsable(Images images, String reference) {
    return images
        .find(reference)
        .filter(known ->
            known.command().stream()
                .filter(part -> part.endsWith("/*"))
                .allMatch(part -> Files.isDirectory(Path.of(part.substring(0, part.length() - 2)))))
        .isPresent();
  }

  /**
   * The folder of an example.
   *
   * @throws Failure.NotFound when it was not shipped
   */
  static Path folder(String name) {
    Path folder = folder().resolve(name);
    if (!Files.exists(folder.resolve(IMAGES))) {
      throw new Failure.NotFound("example beside the program", name);
    }
    return folder;
  }

  /** The images of an example, each with these variables. */
  static List<Image> images(Path folder, Map<String, String> environment) {
    return listed(folder).stream()
        .map(entry ->
            new Image(entry.reference(), command(folder, entry.mainClass()), "", environment))
        .toList();
  }

  /** What images of an example are built of, each with these variables. */
  static List<JavaImage> javaImages(Path folder, Map<String, String> environment) {
    return listed(folder).stream()
        .map(entry ->
            new JavaImage(entry.reference(), folder, FLAGS, entry.mainClass(), environment))
        .toList();
  }

  private static List<Entry> listed(Path folder) {
    return JsonMapper.builder()
        .build()
        .readValue(folder.resolve(IMAGES).toFile(), Listed.class)
        .images();
  }

  private static List<String> command(Path folder, String mainClass) {
    return Stream.of(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
            FLAGS,
            List.of("-cp", folder + "/*", mainClass))
        .flatMap(List::stream)
        .toList();
  }

  private static Path folder() {
    String named = System.getProperty("tutti.examples");
    return (named == null ? beside() : Path.of(named)).toAbsolutePath().normalize();
  }

  /** Where the distribution has them: {@code lib/tutti.jar} and {@code examples} side by side. */
  private static Path beside() {
    try {
      Path jar =
          Path.of(Examples.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return jar.resolveSibling("../examples");
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("a class comes from a place", impossible);
    }
  }
}
