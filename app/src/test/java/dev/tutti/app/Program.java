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

/** A program as a process of its own, with its output in a file. */
final class Program implements AutoCloseable {

  private static final Duration ENDS_WITHIN = Duration.ofSeconds(60);

  private final Process process;
  private final Path output;

  private Program(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Runs as it ships, with the flags of the launcher. */
  static Program start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    return start(folder, List.of(), StartupCache.ofDistribution(), environment, List.of(arguments));
  }

  /** Runs a class of the tests, on their class path. */
  static Program ofTests(
      Path folder, Map<String, String> environment, Class<?> main, String... arguments)
      throws IOException {
    return ofTests(folder, List.of(), environment, main, arguments);
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
    return ofTests(folder, prefix, environment, main, arguments);
  }

  /** Runs a class of the tests as a service runs: in a session of its own. */
  static Program withoutTerminal(
      Path folder, Map<String, String> environment, Class<?> main, String... arguments)
      throws IOException {
    return ofTests(folder, List.of("setsid"), environment, main, arguments);
  }

  private static Program ofTests(
      Path folder,
      List<String> prefix,
      Map<String, String> environment,
      Class<?> main,
      String... arguments)
      throws IOException {
    List<String> program = new ArrayList<>(List.of(main.getName()));
    program.addAll(List.of(arguments));
    return start(folder, prefix, StartupCache.ofTests(), environment, program);
  }

  private static Program start(
      Path folder,
      List<String> prefix,
      StartupCache cache,
      Map<String, String> environment,
      List<String> arguments)
      throws IOException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    List<String> command = new ArrayList<>(prefix);
    // Whoever runs the tests in the background has SIGINT ignored, which children inherit.
    command.addAll(List.of("/usr/bin/env", "--default-signal=INT", "--default-signal=HUP"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(cache.flags());
    command.add("-Djava.io.tmpdir=" + folder);
    command.addAll(cache.program());
    command.addAll(arguments);
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
