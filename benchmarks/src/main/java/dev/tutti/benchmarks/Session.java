package dev.tutti.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One run of benchmarks.
 *
 * @param root the checkout, where the distribution is
 * @param work folder for everything temporary, on the disk of the checkout
 */
record Session(boolean quick, Path root, Path work) implements AutoCloseable {

  static Session open(boolean quick, Path root) throws IOException {
    Path target = Files.createDirectories(root.resolve("benchmarks").resolve("target"));
    return new Session(quick, root, Files.createTempDirectory(target, "work-"));
  }

  int repetitions(int full, int atQuick) {
    return quick ? atQuick : full;
  }

  /** A new, empty folder. */
  Path folder(String name) throws IOException {
    return Files.createTempDirectory(work, name + "-");
  }

  @SuppressWarnings("SystemOut")
  void say(String progress) {
    System.err.println("  " + progress);
  }

  @Override
  public void close() throws IOException {
    delete(work);
  }

  static void delete(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
