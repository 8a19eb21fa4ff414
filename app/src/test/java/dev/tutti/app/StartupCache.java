package dev.tutti.app;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The JVM's start-up cache for programs on the class path of the tests: those that are started
 * hundreds of times spend most of their time in it otherwise. The JVM wants archives only, so
 * folders are packed first.
 */
final class StartupCache {

  private static final int KEEP_ALL = -1;

  private final String classPath;
  private final Path cache;

  private StartupCache(String classPath, Path cache) {
    this.classPath = classPath;
    this.cache = cache;
  }

  /** Packs the class path; the cache comes with the end of the first program. */
  static StartupCache in(Path folder) throws IOException {
    List<String> archives = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, KEEP_ALL)) {
      Path path = Path.of(entry).toAbsolutePath();
      if (Files.isDirectory(path)) {
        archives.add(pack(path, folder.resolve(archives.size() + ".jar")).toString());
      } else if (Files.exists(path)) {
        archives.add(path.toString());
      }
    }
    return new StartupCache(String.join(File.pathSeparator, archives), folder.resolve("cache"));
  }

  private static Path pack(Path folder, Path archive) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(archive));
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(folder.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
    return archive;
  }

  String classPath() {
    return classPath;
  }

  /** What a program is started with: the first one that ends in good order makes the cache. */
  List<String> flags() {
    return List.of(
        Files.exists(cache) ? "-XX:AOTCache=" + cache : "-XX:AOTCacheOutput=" + cache,
        // A cache that does not fit is a loss of time, not a reason to say anything.
        "-Xlog:disable");
  }
}
