package dev.tutti.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The packaged program as a process of its own, with its output in a file. */
final class Program implements AutoCloseable {

  private static final Path JAR = Path.of("target/dist/lib/tutti.jar").toAbsolutePath();
  private static final long ENDS_WITHIN_SECONDS = 60;

  private final Process process;
  private final Path output;

  private Program(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Runs with the folder as its place for temporary things. */
  static Program start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    List<String> command = new ArrayList<>();
    // Whoever runs the tests in the background has SIGINT ignored, which children inherit.
    command.addAll(List.of("/usr/bin/env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + folder);
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return new Program(builder.start(), output);
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
    TestServer.await(text + " in the output", () -> after(text).isPresent());
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

  long pid() {
    return process.pid();
  }

  void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("/bin/kill", "-" + name, String.valueOf(process.pid()))
            .start()
            .waitFor();
    if (code != 0) {
      throw new AssertionError("kill -" + name + " failed");
    }
  }

  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end; so far: " + output());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
