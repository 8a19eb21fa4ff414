package dev.tutti.app;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Variables by name: those of the process and, below them, those of a {@code .env} file. The
 * environment wins.
 */
final class Environment {

  private final Map<String, String> variables;

  Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** The environment of this process over the {@code .env} file in a folder, if there is one. */
  static Environment of(Map<String, String> process, Path folder) {
    Map<String, String> all = new HashMap<>(read(folder.resolve(".env")));
    all.putAll(process);
    return new Environment(all);
  }

  /** The environment of this process over the {@code .env} file in its folder. */
  static Environment ofProcess() {
    return of(System.getenv(), Path.of("").toAbsolutePath());
  }

  /** The same, but for one variable. */
  Environment with(String name, String value) {
    Map<String, String> all = new HashMap<>(variables);
    all.put(name, value);
    return new Environment(all);
  }

  private static Map<String, String> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Map.of();
    }
    try {
      return parse(Files.readAllLines(file, StandardCharsets.UTF_8), file);
    } catch (IOException unreadable) {
      throw new Failure.Rejected(
          Problem.of(
                  "env-file-unreadable",
                  500,
                  "%s cannot be read: %s.".formatted(file, unreadable.getMessage()))
              .suggesting("Make it readable as UTF-8, or remove it."));
    }
  }

  /** Reads lines {@code NAME=value}: comments, {@code export} and quotes as shells have them. */
  static Map<String, String> parse(List<String> lines, Path file) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String assignment = line.startsWith("export ") ? line.substring(7).strip() : line;
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw new Failure.Rejected(
            Problem.of(
                    "env-file-invalid",
                    400,
                    "Line %d of %s is not NAME=value.".formatted(i + 1, file))
                .suggesting("Correct or remove that line."));
      }
      variables.put(
          assignment.substring(0, equals).strip(), value(assignment.substring(equals + 1).strip()));
    }
    return variables;
  }

  private static String value(String text) {
    if (text.length() >= 2) {
      char quote = text.charAt(0);
      int end = text.indexOf(quote, 1);
      if ((quote == '"' || quote == '\'') && end > 0) {
        return text.substring(1, end);
      }
    }
    int comment = text.indexOf(" #");
    return comment < 0 ? text : text.substring(0, comment).strip();
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  String get(String name, String otherwise) {
    return variables.getOrDefault(name, otherwise);
  }
}
