package dev.tutti.backplane.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The exit code that the wrapper wrote down, and what it means. */
record ExitRecord(int code) {

  private static final int CANNOT_EXECUTE = 126;
  private static final int NOT_FOUND = 127;
  private static final int LAST_SIGNAL = 64;
  private static final long ONE_LINE = 4096;

  static Optional<ExitRecord> parse(String line) {
    try {
      return Optional.of(new ExitRecord(Integer.parseInt(line.strip())));
    } catch (NumberFormatException notOne) {
      return Optional.empty();
    }
  }

  Observation.Exited observation(Path output) {
    if (code == 0) {
      return new Observation.Exited(code, "Completed", false);
    }
    if (code > 128 && code <= 128 + LAST_SIGNAL) {
      return new Observation.Exited(code, "Killed by signal " + (code - 128), false);
    }
    return complaint(output)
        .map(
            said -> new Observation.Exited(ExitCodes.START_FAILED, "Cannot be run: " + said, false))
        .orElseGet(() -> new Observation.Exited(code, "Error", false));
  }

  /**
   * What {@code env} said when it could not execute the command, such as for a script whose
   * interpreter is missing. A program may end with the same codes for reasons of its own: it is a
   * failed start only if nothing else was ever said.
   */
  private Optional<String> complaint(Path output) {
    if (code != CANNOT_EXECUTE && code != NOT_FOUND && code != ExitCodes.START_FAILED) {
      return Optional.empty();
    }
    try {
      if (Files.size(output) > ONE_LINE) {
        return Optional.empty();
      }
      String said = new String(Files.readAllBytes(output), UTF_8);
      String prefix = Wrapper.ENV + ": ";
      return said.startsWith(prefix) && said.indexOf('\n') == said.length() - 1
          ? Optional.of(said.substring(prefix.length()).strip())
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
