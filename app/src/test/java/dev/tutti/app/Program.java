package dev.tutti.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The packaged program as a process of its own, with its output in a file. */
final class Program implements AutoCloseable {

  private static final Path JAR = Path.of("target/dist/lib/tutti.jar").toAbsolutePath();
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(60);

  private static final List<String> FLAGS_OF_TESTS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx256m",
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED");

  private final Process process;
  private final Path output;

  private Program(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Runs with the folder as its place for temporary things. */
  static Program start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    return start(folder, List.of(), environment, arguments);
  }

  /** Runs the server with the flags that the launcher gives it. */
  static Program server(Path folder, Map<String, String> environment) throws IOException {
    return start(
        folder,
        List.of(
            "-XX:+UseSerialGC",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xms80m",
            "-Xmn48m",
            "-Xmx512m",
            "-XX:+ExitOnOutOfMemoryError"),
        environment,
        "server");
  }

  /** Runs a class of the tests, on their class path. */
  static Program ofTests(
      Path folder, Map<String, String> environment, Class<?> main, String... arguments)
      throws IOException {
    return ofTests(
        folder, System.getProperty("java.class.path"), List.of(), environment, main, arguments);
  }

  /**
   * Runs a class of the tests as a user whom the permissions of files hold for. Root stays root, so
   * that it can read the class path wherever that is, but without the privileges of root.
   */
  static Program withoutPrivileges(
      Path folder, Map<String, String> environment, Class<?> main, String... arguments)
      throws IOException {
    List<String> prefix =
        "root".equals(System.getProperty("user.name"))
            ? List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--ambient-caps=-all")
            : List.of();
    List<String> program =
        new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    program.addAll(List.of(arguments));
    return start(folder, prefix, FLAGS_OF_TESTS, environment, program);
  }

  /** Runs a class of the tests as a service runs: in a session of its own. */
  static Program withoutTerminal(
      Path folder, Map<String, String> environment, Class<?> main, String... arguments)
      throws IOException {
    List<String> program =
        new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    program.addAll(List.of(arguments));
    return start(folder, List.of("setsid"), FLAGS_OF_TESTS, environment, program);
  }

  /** Runs a class of the tests that is started so often that a cache pays. */
  static Program ofTests(
      Path folder, StartupCache cache, Map<String, String> environment, Class<?> main)
      throws IOException {
    return ofTests(folder, cache.classPath(), cache.flags(), environment, main);
  }

  private static Program ofTests(
      Path folder,
      String classPath,
      List<String> more,
      Map<String, String> environment,
      Class<?> main,
      String... arguments)
      throws IOException {
    List<String> flags = new ArrayList<>(FLAGS_OF_TESTS);
    flags.addAll(more);
    List<String> program = new ArrayList<>(List.of("-cp", classPath, main.getName()));
    program.addAll(List.of(arguments));
    return start(folder, flags, environment, program);
  }

  private static Program start(
      Path folder, List<String> flags, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> program = new ArrayList<>(List.of("-jar", JAR.toString()));
    program.addAll(List.of(arguments));
    return start(folder, flags, environment, program);
  }

  private static Program start(
      Path folder, List<String> flags, Map<String, String> environment, List<String> program)
      throws IOException {
    return start(folder, List.of(), flags, environment, program);
  }

  private static Program start(
      Path folder,
      List<String> prefix,
      List<String> flags,
      Map<String, String> environment,
      List<String> program)
      throws IOException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    List<String> command = new ArrayList<>(prefix);
    // Whoever runs the tests in the background has SIGINT ignored, which children inherit.
    command.addAll(List.of("/usr/bin/env", "--default-signal=INT", "--default-signal=HUP"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-Djava.io.tmpdir=" + folder);
    command.addAll(program);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return new Program(builder.start(), output);
  }

  long pid() {
    return process.pid();
  }

  void signal(String name) throws IOException, InterruptedException {
    if (!Signals.send(name, process.pid())) {
      throw new AssertionError("kill -" + name + " failed");
    }
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  /** What follows a text in the output, up to the next white space, once it is there. */
  String awaitAfter(String text) {
    return awaitAfter(text, TestServer.SOON);
  }

  String awaitAfter(String text, Duration atMost) {
    TestServer.await(
        atMost, () -> text + "in the output: " + output(), () -> after(text).isPresent());
    return after(text).orElseThrow();
  }

  private Optional<String> after(String text) {
    String all = output();
    int at = all.indexOf(text);
    if (at < 0 || all.indexOf('\n', at) < 0) {
      return Optional.empty();
    }
    return Optional.of(all.substring(at + text.length()).strip().split("\\s", 2)[0]);
  }

  /** Writes a line to its standard input. */
  void say(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int awaitEnd() throws InterruptedException {
    return awaitEnd(ENDS_WITHIN);
  }

  int awaitEnd(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end; so far: " + output());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
