package dev.tutti.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A service that behaves as a generated one, in Python and independent of the SDK. */
final class PythonService implements AutoCloseable {
  private static final Path SCRIPTS = Path.of("..", "app", "src", "test", "python");

  private final Process process;
  private final Path output;

  PythonService(String scenario, Map<String, String> environment) {
    try {
      output = Files.createTempFile("python-service", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(
              python(),
              "-B",
              SCRIPTS.resolve("generated_service.py").toString(),
              SCRIPTS.resolve("scenarios").resolve(scenario + ".json").toString());
      builder.environment().putAll(environment);
      process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    } catch (IOException unable) {
      throw new UncheckedIOException(unable);
    }
  }

  /** Debian's own, for which its package of the MQTT client is. */
  private static String python() {
    return Stream.of(Path.of("/usr/bin/python3"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElse("python3");
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("the Python service does not end:\n" + output());
    }
    return process.exitValue();
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(output);
  }
}
