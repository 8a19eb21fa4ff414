package dev.tutti.app;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks a small program of the machine, which may not be there. */
final class Tool {

  private static final long SECONDS = 3;

  private Tool() {}

  /** What it printed, when it ended well and in time. */
  static Optional<String> ask(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
      try (var output = process.getInputStream()) {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          return Optional.empty();
        }
        String said = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.exitValue() == 0 ? Optional.of(said) : Optional.empty();
      }
    } catch (IOException absent) {
      return Optional.empty();
    }
  }
}
