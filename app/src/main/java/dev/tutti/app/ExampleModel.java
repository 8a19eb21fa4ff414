package dev.tutti.app;

import dev.tutti.core.backplane.Image;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The example model that ships beside the program, as an entry of the catalogue. */
final class ExampleModel {

  static final String REFERENCE = "fake_model:0.0.1";
  private static final String MAIN = "dev.tutti.examples.fakemodel.FakeModel";

  private ExampleModel() {}

  /** The entry, or nothing where the examples were not shipped. */
  static Optional<Image> image(Map<String, String> environment) {
    return folder()
        .map(folder ->
            new Image(
                REFERENCE,
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx64m",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    folder + "/*",
                    MAIN),
                "",
                environment));
  }

  /** Puts the example into a catalogue that does not have it, or has one that is gone. */
  static void offer(Images images) {
    Optional<Image> known = images.find(REFERENCE);
    boolean usable =
        known.isPresent()
            && known.get().command().stream()
                .filter(part -> part.endsWith("/*"))
                .allMatch(part -> Files.isDirectory(Path.of(part.substring(0, part.length() - 2))));
    if (!usable) {
      image(Map.of()).ifPresent(images::add);
    }
  }

  private static Optional<Path> folder() {
    String named = System.getProperty("tutti.examples");
    Path examples = named == null ? beside() : Path.of(named);
    Path folder = examples.resolve("fake-model").toAbsolutePath().normalize();
    return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
  }

  /** Where the distribution has them: {@code lib/tutti.jar} and {@code examples} side by side. */
  private static Path beside() {
    try {
      Path jar =
          Path.of(ExampleModel.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return jar.resolveSibling("../examples");
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("a class comes from a place", impossible);
    }
  }
}
