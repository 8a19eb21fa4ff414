package dev.tutti.app;

import dev.tutti.app.settings.Values;
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

  static SimulationConfiguration of(Values values) {
    return new SimulationConfiguration(
        SimulationSurface.of(values),
        values.find(ServerSettings.RESULTS_PORT),
        values
            .find(ServerSettings.INFLUXDB_HOST)
            .map(host ->
                new Database(
                    host,
                    String.valueOf(values.get(ServerSettings.INFLUXDB_PORT)),
                    values.get(ServerSettings.INFLUXDB_USER),
                    values.get(ServerSettings.INFLUXDB_PASSWORD),
                    values.get(ServerSettings.INFLUXDB_NAME))),
        values.get(ServerSettings.MQTT_QOS),
        values.get(ServerSettings.DEPLOY_TIMEOUT));
  }
}
