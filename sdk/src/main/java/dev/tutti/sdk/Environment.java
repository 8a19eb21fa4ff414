package dev.tutti.sdk;

import dev.tutti.dots.ModelId;
import dev.tutti.dots.SimulationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the orchestrator tells a model in its environment. */
record Environment(
    SimulationId simulationId,
    ModelId modelId,
    String mqttHost,
    int mqttPort,
    String mqttUsername,
    String mqttPassword,
    Optional<Influx> influx,
    Log.Level logLevel) {

  /** Where results go. */
  record Influx(String host, int port, String user, String password, String database) {

    /** Without the password. */
    @Override
    public String toString() {
      return "Influx[%s@%s:%d/%s]".formatted(user, host, port, database);
    }
  }

  /** The environment of a model, or all that is wrong with it. */
  static Environment of(Map<String, String> variables) {
    List<String> problems = new ArrayList<>();
    String simulation = required("SIMULATION_ID", variables, problems);
    String model = required("MODEL_ID", variables, problems);
    int mqttPort = port("MQTT_PORT", 1883, variables, problems);
    int influxPort = port("INFLUXDB_PORT", 8086, variables, problems);
    SimulationId.problem(simulation).ifPresent(problems::add);
    ModelId.problem(model).ifPresent(problems::add);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "This model cannot take part in a simulation, because "
              + String.join("; ", problems)
              + ". It is meant to be started by an orchestrator; for a run without one see LocalRun.");
    }
    return new Environment(
        new SimulationId(simulation),
        new ModelId(model),
        variables.getOrDefault("MQTT_HOST", "localhost"),
        mqttPort,
        variables.getOrDefault("MQTT_USERNAME", ""),
        variables.getOrDefault("MQTT_PASSWORD", ""),
        influx(variables, influxPort),
        level(variables.getOrDefault("LOG_LEVEL", "INFO")));
  }

  private static Optional<Influx> influx(Map<String, String> variables, int port) {
    String host = variables.getOrDefault("INFLUXDB_HOST", "");
    // Older orchestrators hand out a URL.
    String bare = host.substring(host.indexOf("//") < 0 ? 0 : host.indexOf("//") + 2);
    return bare.isBlank()
        ? Optional.empty()
        : Optional.of(
            new Influx(
                bare,
                port,
                variables.getOrDefault("INFLUXDB_USER", ""),
                variables.getOrDefault("INFLUXDB_PASSWORD", ""),
                variables.getOrDefault("INFLUXDB_NAME", "")));
  }

  private static Log.Level level(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "DEBUG" -> Log.Level.DEBUG;
      case "WARN", "WARNING" -> Log.Level.WARNING;
      case "ERROR", "CRITICAL", "FATAL" -> Log.Level.ERROR;
      default -> Log.Level.INFO;
    };
  }

  private static String required(
      String name, Map<String, String> variables, List<String> problems) {
    String value = variables.getOrDefault(name, "");
    if (value.isEmpty()) {
      problems.add("the environment variable " + name + " is missing");
      return "absent";
    }
    return value;
  }

  private static int port(
      String name, int usual, Map<String, String> variables, List<String> problems) {
    String text = variables.getOrDefault(name, "");
    if (text.isBlank()) {
      return usual;
    }
    try {
      int port = Integer.parseInt(text.strip());
      if (port > 0 && port < 65_536) {
        return port;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    problems.add("%s is no port: %s".formatted(name, text));
    return usual;
  }
}
