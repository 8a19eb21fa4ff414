package dev.tutti.app;

import java.time.Duration;
import java.util.Optional;

/**
 * How this instance runs simulations. The variables of the original orchestrator keep their names.
 *
 * @param surface how the original's API is offered
 * @param resultsPort where models of ours write results, 0 for a free one; empty for the one above
 *     the API's
 * @param database an InfluxDB that models write to instead; empty for our own files
 * @param mqttQos what models are told to subscribe with
 * @param deployTimeout how long it may take until all models of a simulation are ready
 */
record SimulationConfiguration(
    SimulationSurface surface,
    Optional<Integer> resultsPort,
    Optional<Database> database,
    int mqttQos,
    Duration deployTimeout) {

  /** An InfluxDB 1.x, as models are told of it. */
  record Database(String host, String port, String user, String password, String name) {

    /** Without the password: records end up in logs. */
    @Override
    public String toString() {
      return "%s@%s:%s/%s".formatted(user, host, port, name);
    }
  }

  static SimulationConfiguration read(Environment environment, Configuration.Reader reader) {
    return new SimulationConfiguration(
        SimulationSurface.read(environment),
        environment
            .find("TUTTI_RESULTS_PORT")
            .filter(text -> !text.isBlank())
            .map(_ -> reader.port("TUTTI_RESULTS_PORT", 0)),
        environment
            .find("INFLUXDB_HOST")
            .filter(text -> !text.isBlank())
            .map(host ->
                new Database(
                    host,
                    environment.get("INFLUXDB_PORT", "8086"),
                    environment.get("INFLUXDB_USER", ""),
                    environment.get("INFLUXDB_PASSWORD", ""),
                    environment.get("INFLUXDB_NAME", "GO-e"))),
        reader.number("MQTT_QOS", 0, 0, 2),
        reader.duration("TUTTI_DEPLOY_TIMEOUT", "10m"));
  }
}
