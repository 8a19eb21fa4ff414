package dev.tutti.backplane.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The Dockerfile of an image of a Java program. */
final class BuildFile {

  private BuildFile() {}

  static String of(JavaImage image, String base) {
    List<String> command = new ArrayList<>();
    command.add(LocalJava.COMMAND);
    command.addAll(image.options());
    command.addAll(List.of("-cp", "/app/*", image.mainClass()));
    StringBuilder file = new StringBuilder("FROM %s\nCOPY app/ /app/\n".formatted(base));
    for (Map.Entry<String, String> variable : image.environment().entrySet()) {
      file.append("ENV %s=%s\n".formatted(variable.getKey(), quoted(variable.getValue(), true)));
    }
    return file.append(
            command.stream()
                .map(part -> quoted(part, false))
                .collect(Collectors.joining(", ", "ENTRYPOINT [", "]\n")))
        .toString();
  }

  /** As the builder and JSON read it; the builder replaces variables, JSON has none. */
  private static String quoted(String text, boolean variables) {
    String plain = text.replace("\\", "\\\\").replace("\"", "\\\"");
    return "\"" + (variables ? plain.replace("$", "\\$") : plain) + "\"";
  }
}
