package dev.tutti.cli.project;

import dev.tutti.cli.project.ServiceConfig.Calculation;
import dev.tutti.cli.project.ServiceConfig.Data;
import dev.tutti.cli.project.ServiceConfig.Received;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the configuration of the original generator and checks all its rules: it goes through the
 * whole of it and collects what is wrong.
 */
public final class ConfigReader {
  private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+){0,2}");
  private static final Set<String> FORBIDDEN =
      Set.of("model_parameters", "new_step", "simulation_done");
  private static final String CONTEXT = "default_context";
  private static final String SNAKE_CASE_RULE = "lower-case letters, digits, single underscores";

  private final List<ConfigProblem> problems = new ArrayList<>();
  private final Map<String, Received> received = new HashMap<>();
  private final Map<String, String> receivedAt = new LinkedHashMap<>();
  private final Map<String, String> sentAt = new LinkedHashMap<>();

  private ConfigReader() {}

  /** What became of a configuration. */
  public sealed interface Result {
    /** It is sound. */
    record Sound(ServiceConfig config) implements Result {}

    /** It is not, and this is all that is wrong with it. */
    record Wrong(List<ConfigProblem> problems) implements Result {
      /** Copies what could change. */
      public Wrong {
        problems = List.copyOf(problems);
      }
    }
  }

  /** Reads YAML. */
  public static Result read(String yaml) {
    ConfigReader reader = new ConfigReader();
    Map<String, Object> document;
    try {
      document = Yaml.read(yaml);
    } catch (IllegalArgumentException unreadable) {
      return new Result.Wrong(
          List.of(
              new ConfigProblem(
                  "the file", "is no YAML map", String.valueOf(unreadable.getMessage()))));
    }
    ServiceConfig config = reader.service(reader.map(document, "", CONTEXT));
    return reader.problems.isEmpty() ? new Result.Sound(config) : new Result.Wrong(reader.problems);
  }

  private ServiceConfig service(Map<String, Object> context) {
    String name = text(context, CONTEXT, "service_name");
    requireSnakeCase(CONTEXT + ".service_name", name);
    String version = text(context, CONTEXT, "version");
    if (!VERSION.matcher(version).matches()) {
      problem(
          CONTEXT + ".version",
          "'%s' is no version".formatted(version),
          "Write one to three numbers: 1, 1.0 or 1.0.0, in quotes if it ends in a zero");
    }
    String path = CONTEXT + ".calculations";
    Map<String, Object> all = map(context, CONTEXT, "calculations");
    if (all.isEmpty()) {
      problem(path, "there is no calculation", "Add one: a name with 'receives' and 'sends'");
    }
    List<Calculation> calculations = new ArrayList<>();
    all.forEach((calculation, body) -> calculations.add(calculation(path, calculation, body)));
    requireDifferent();
    return new ServiceConfig(name, version, calculations);
  }

  private Calculation calculation(String parent, String name, Object body) {
    String path = parent + "." + name;
    requireSnakeCase(path, name);
    Map<String, Object> parts = map(path, body);
    parts.keySet().stream()
        .filter(key -> !key.equals("receives") && !key.equals("sends"))
        .forEach(key ->
            problem(
                path + "." + key,
                "a calculation has no '%s'".formatted(key),
                key.startsWith("s") ? "Did you mean 'sends'?" : "Did you mean 'receives'?"));
    List<Received> receives = new ArrayList<>();
    optional(parts, path, "receives")
        .forEach((service, data) -> {
          String origin = path + ".receives." + service;
          requireSnakeCase(origin, service);
          map(origin, data)
              .forEach((dataName, variables) -> {
                Received input = new Received(service, data(origin, dataName, variables));
                receives.add(input);
                receive(origin + "." + dataName, input);
              });
        });
    List<Data> sends = new ArrayList<>();
    optional(parts, path, "sends")
        .forEach((dataName, variables) -> {
          String at = path + ".sends." + dataName;
          sends.add(data(path + ".sends", dataName, variables));
          String before = sentAt.putIfAbsent(dataName, at);
          if (before != null) {
            problem(
                at,
                "'%s' is sent by %s too".formatted(dataName, before),
                "Give it a name of its own");
          }
        });
    return new Calculation(name, receives, sends);
  }

  private void receive(String path, Received input) {
    String name = input.data().name();
    receivedAt.putIfAbsent(name, path);
    Received before = received.putIfAbsent(name, input);
    if (before != null && !before.equals(input)) {
      problem(
          path,
          "'%s' differs from %s".formatted(name, receivedAt.get(name)),
          "The same input has the same service and variables everywhere; or give it another name");
    }
  }

  private Data data(String parent, String name, Object body) {
    String path = parent + "." + name;
    requireSnakeCase(path, name);
    if (FORBIDDEN.contains(name)) {
      problem(path, "'%s' is a message of the life cycle".formatted(name), "Choose another name");
    }
    Map<String, VariableKind> variables = new LinkedHashMap<>();
    map(path, body)
        .forEach((variable, type) -> {
          requireSnakeCase(path + "." + variable, variable);
          kind(path + "." + variable, type).ifPresent(kind -> variables.put(variable, kind));
        });
    return new Data(name, variables);
  }

  private Optional<VariableKind> kind(String path, Object type) {
    String word = String.valueOf(type);
    Optional<VariableKind> kind = VariableKind.of(word);
    if (kind.isEmpty()) {
      problem(
          path,
          "there is no type '%s'".formatted(word),
          VariableKind.meantBy(word)
              .map(meant -> "Did you mean %s?".formatted(meant.word()))
              .orElse("Use one of " + VariableKind.words()));
    }
    return kind;
  }

  private void requireDifferent() {
    Map<String, String> types = new HashMap<>();
    sentAt.forEach((name, path) -> {
      if (receivedAt.containsKey(name)) {
        problem(
            path,
            "'%s' is both received and sent".formatted(name),
            "Results of a service are no inputs of it: rename one of the two");
      }
    });
    List<String> names = new ArrayList<>(receivedAt.keySet());
    names.addAll(sentAt.keySet());
    for (String name : names) {
      if (!Words.isSnakeCase(name)) {
        continue;
      }
      String other = types.putIfAbsent(Words.dataType(name), name);
      if (other != null && !other.equals(name)) {
        problem(
            receivedAt.getOrDefault(name, sentAt.getOrDefault(name, name)),
            "'%s' and '%s' are the same name in code".formatted(name, other),
            "Make them differ by more than underscores");
      }
    }
  }

  private void requireSnakeCase(String path, String name) {
    if (!Words.isSnakeCase(name)) {
      problem(
          path,
          "'%s' is not in snake_case (%s)".formatted(name, SNAKE_CASE_RULE),
          "Write '%s'".formatted(Words.snakeCase(name)));
    }
  }

  private String text(Map<String, Object> parent, String path, String key) {
    Object value = parent.get(key);
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    problem(path + "." + key, "it is missing", "Add a line '%s: ...'".formatted(key));
    return key.equals("version") ? "1.0" : "a_name";
  }

  /** A map that must be there. */
  private Map<String, Object> map(Map<String, Object> parent, String path, String key) {
    String at = path.isEmpty() ? key : path + "." + key;
    if (!parent.containsKey(key)) {
      problem(at, "it is missing", "Begin it with '%s:' and indent what is in it".formatted(key));
      return Map.of();
    }
    return map(at, parent.getOrDefault(key, ""));
  }

  private Map<String, Object> optional(Map<String, Object> parent, String path, String key) {
    return map(path + "." + key, parent.getOrDefault(key, ""));
  }

  /** A map; nothing at all is an empty one. */
  private Map<String, Object> map(String path, Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> named = new LinkedHashMap<>();
      map.forEach((name, member) -> named.put(String.valueOf(name), member));
      return named;
    }
    if (!value.equals("")) {
      problem(path, "it is no map", "Write names with a colon, indented under it");
    }
    return Map.of();
  }

  private void problem(String path, String what, String suggestion) {
    problems.add(new ConfigProblem(path, what, suggestion));
  }
}
