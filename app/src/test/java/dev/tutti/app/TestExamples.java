package dev.tutti.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** The examples where the program finds them, though it is not packaged. */
final class TestExamples {

  private TestExamples() {}

  /** Lays out the build folder of the first example as the distribution has it. */
  static void lay() {
    try {
      Path folder = Path.of("target/test-examples");
      Path example = Files.createDirectories(folder.resolve("fake-model"));
      Path source = Path.of("../examples/fake-model");
      copy(source.resolve("images.json"), example);
      try (Stream<Path> jars = Files.list(source.resolve("target/dist"))) {
        for (Path jar : jars.toList()) {
          copy(jar, example);
        }
      }
      System.setProperty("tutti.examples", folder.toString());
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private static void copy(Path file, Path folder) throws IOException {
    Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
  }
}
