package dev.tutti.cli.project;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The configuration of a service, sound by all rules.
 *
 * @param name in snake_case
 * @param version such as 1.0
 */
public record ServiceConfig(String name, String version, List<Calculation> calculations) {

  /** Copies what could change. */
  public ServiceConfig {
    calculations = List.copyOf(calculations);
  }

  /**
   * A calculation of it.
   *
   * @param receives in the order of the configuration
   */
  public record Calculation(String name, List<Received> receives, List<Data> sends) {
    /** Copies what could change. */
    public Calculation {
      receives = List.copyOf(receives);
      sends = List.copyOf(sends);
    }
  }

  /** Data of another service. */
  public record Received(String service, Data data) {}

  /**
   * Data by name.
   *
   * @param variables name to type
   */
  public record Data(String name, Map<String, VariableKind> variables) {
    /** Copies what could change, and keeps the order. */
    public Data {
      variables = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }
  }

  /** All inputs, each once. */
  List<Received> inputs() {
    Map<String, Received> inputs = new LinkedHashMap<>();
    calculations.forEach(calculation ->
        calculation.receives().forEach(input -> inputs.putIfAbsent(input.data().name(), input)));
    return new ArrayList<>(inputs.values());
  }

  /** All outputs. */
  List<Data> outputs() {
    return calculations.stream().flatMap(calculation -> calculation.sends().stream()).toList();
  }
}
