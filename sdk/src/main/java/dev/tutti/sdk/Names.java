package dev.tutti.sdk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules for names that all services of a simulation share: what the original generator checks
 * in its configuration is checked here in a declaration, all problems at once.
 */
final class Names {
  private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
  private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+){0,2}");
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  /** Generated services keep these for the messages of the life cycle. */
  private static final Set<String> FORBIDDEN =
      Set.of("model_parameters", "new_step", "simulation_done");

  private Names() {}

  /**
   * {@code timeSeconds} is {@code time_seconds} on the wire, and so is {@code time_seconds}. Words
   * that Java keeps for itself have an underscore behind: {@code class_}.
   */
  static String snakeCase(String component) {
    String plain =
        component.endsWith("_") ? component.substring(0, component.length() - 1) : component;
    return HUMP.matcher(plain).replaceAll("_").toLowerCase(Locale.ROOT);
  }

  static boolean isSnakeCase(String name) {
    return SNAKE_CASE.matcher(name).matches();
  }

  /** What is wrong with the declaration of a service, a sentence each; empty when it is sound. */
  static List<String> problems(Service service) {
    Set<String> problems = new LinkedHashSet<>();
    requireSnakeCase("the service", service.name(), problems);
    if (!VERSION.matcher(service.version()).matches()) {
      problems.add(
          "the version '%s' is not written like 1, 1.0 or 1.0.0".formatted(service.version()));
    }
    Set<String> names = new HashSet<>();
    Map<String, Input<?>> received = new HashMap<>();
    Set<String> sent = new HashSet<>();
    for (Calculation calculation : service.calculations()) {
      requireSnakeCase("the calculation", calculation.name(), problems);
      if (!names.add(calculation.name())) {
        problems.add("there are two calculations '%s'".formatted(calculation.name()));
      }
      for (Input<?> input : calculation.inputs()) {
        requireSnakeCase("the service received from", input.service(), problems);
        requireDataName(input.name(), problems);
        Input<?> before = received.putIfAbsent(input.name(), input);
        if (before != null && !input.sameOnTheWire(before)) {
          problems.add(
              "'%s' is received with different variables or from different services"
                  .formatted(input.name()));
        }
      }
      for (Output<?> output : calculation.outputs()) {
        requireDataName(output.name(), problems);
        if (!sent.add(output.name())) {
          problems.add("'%s' is sent twice; give each output a name".formatted(output.name()));
        }
      }
    }
    sent.stream()
        .filter(received::containsKey)
        .sorted()
        .forEach(name ->
            problems.add(
                "'%s' is both received and sent; results of a service are no inputs of it"
                    .formatted(name)));
    return new ArrayList<>(problems);
  }

  private static void requireDataName(String name, Set<String> problems) {
    requireSnakeCase("the data name", name, problems);
    if (FORBIDDEN.contains(name)) {
      problems.add("the data name '%s' belongs to the life cycle; choose another".formatted(name));
    }
  }

  private static void requireSnakeCase(String what, String name, Set<String> problems) {
    if (!isSnakeCase(name)) {
      problems.add(
          "%s '%s' is not in snake_case: lower-case letters, digits, single underscores"
              .formatted(what, name));
    }
  }
}
