package dev.tutti.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The JVM's start-up cache for the programs that tests start, which would spend most of their time
 * without one in starting. Made once for each state of the code, by whoever needs it first.
 */
final class StartupCache {

  private static final Path HOME = Path.of("target", "startup-cache").toAbsolutePath();
  private static final Path DISTRIBUTION = Path.of("target/dist/lib/tutti.jar").toAbsolutePath();
  private static final int KEEP_ALL = -1;

  private static final List<String> FLAGS_OF_TESTS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx256m",
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED");

  /** Those of the launcher. */
  private static final List<String> FLAGS_OF_SERVERS =
      List.of(
          "-XX:+UseSerialGC",
          "--sun-misc-unsafe-memory-access=allow",
          "-Xms80m",
          "-Xmn48m",
          "-Xmx512m",
          "-XX:+ExitOnOutOfMemoryError");

  private final Path folder;
  private final List<String> flags;
  private final List<String> program;

  private StartupCache(Path folder, List<String> flags, List<String> program) {
    this.folder = folder;
    this.flags = List.copyOf(flags);
    this.program = List.copyOf(program);
  }

  private static final class OfTests {
    static final StartupCache CACHE = made("tests", StartupCache::ofClassPath);
  }

  private static final class OfDistribution {
    static final StartupCache CACHE = made("distribution", StartupCache::ofJar);
  }

  /** For classes on the class path of the tests. */
  static StartupCache ofTests() {
    return OfTests.CACHE;
  }

  /** For the program as it is packaged. */
  static StartupCache ofDistribution() {
    return OfDistribution.CACHE;
  }

  /** What a JVM is started with that uses it; some of that must be as it was when it was made. */
  List<String> flags() {
    List<String> all = new ArrayList<>(flags);
    all.add("-XX:AOTCache=" + cache());
    // A cache that does not fit is a loss of time, not a reason to say anything.
    all.add("-Xlog:disable");
    return all;
  }

  /** What tells a JVM where its classes are, before the name of the first one. */
  List<String> program() {
    return program;
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  private interface Making {
    StartupCache in(Path folder) throws IOException;
  }

  /** Tests run in several JVMs: the others wait for what the first one makes. */
  private static StartupCache made(String name, Making making) {
    try {
      Path folder = Files.createDirectories(HOME.resolve(name));
      try (FileChannel lock =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock.lock();
        return making.in(folder);
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** The JVM wants archives only, so folders are packed first. */
  private static StartupCache ofClassPath(Path folder) throws IOException {
    TestExamples.lay();
    List<Path> entries =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, KEEP_ALL))
            .map(entry -> Path.of(entry).toAbsolutePath())
            .filter(Files::exists)
            .toList();
    String state = state(entries);
    boolean fresh = !isOf(state, folder);
    List<String> archives = new ArrayList<>();
    for (Path entry : entries) {
      Path archive = entry;
      if (Files.isDirectory(entry)) {
        archive = folder.resolve(archives.size() + ".jar");
        if (fresh) {
          pack(entry, archive);
        }
      }
      archives.add(archive.toString());
    }
    StartupCache cache =
        new StartupCache(
            folder, FLAGS_OF_TESTS, List.of("-cp", String.join(File.pathSeparator, archives)));
    if (fresh) {
      cache.train(
          List.of("-Dtutti.examples=" + System.getProperty("tutti.examples")),
          List.of(Main.class.getName()));
      Files.writeString(key(folder), state);
    }
    return cache;
  }

  private static StartupCache ofJar(Path folder) throws IOException {
    StartupCache cache =
        new StartupCache(folder, FLAGS_OF_SERVERS, List.of("-jar", DISTRIBUTION.toString()));
    String state = state(List.of(DISTRIBUTION.getParent()));
    if (!isOf(state, folder)) {
      cache.train(List.of(), List.of());
      Files.writeString(key(folder), state);
    }
    return cache;
  }

  private static boolean isOf(String state, Path folder) throws IOException {
    return Files.exists(key(folder)) && Files.readString(key(folder)).equals(state);
  }

  private static Path key(Path folder) {
    return folder.resolve("key");
  }

  /** All files with their sizes and times. */
  private static String state(List<Path> entries) throws IOException {
    StringBuilder state = new StringBuilder(System.getProperty("java.home"));
    for (Path entry : entries) {
      try (Stream<Path> files = Files.walk(entry)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          state
              .append('\n')
              .append(file)
              .append(' ')
              .append(Files.size(file))
              .append(' ')
              .append(Files.getLastModifiedTime(file));
        }
      }
    }
    return state.toString();
  }

  private static void pack(Path folder, Path archive) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(archive));
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(folder.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
  }

  private void train(List<String> options, List<String> main) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(options);
    command.add("-XX:AOTCacheOutput=" + cache());
    command.add("-Djava.io.tmpdir=" + folder);
    command.addAll(program);
    command.addAll(main);
    command.add("aot-train");
    Process training = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(training.getInputStream().readAllBytes(), UTF_8);
    try {
      if (training.waitFor() != 0) {
        throw new IllegalStateException("no start-up cache: " + output);
      }
    } catch (InterruptedException interrupted) {
      training.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
