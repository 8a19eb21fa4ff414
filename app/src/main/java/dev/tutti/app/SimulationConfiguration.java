package dev.tutti.app;

import java.time.Duration;
import java.util.Optional;

/**
 * How this instance runs simulations. The variables of the original orchestrator keep their names.
 *
 * @param surfacePort of the original's API on a listener of its own; empty when it has none
 * @param password of the original's only user; empty when nobody can log in
 * @param secretKey what the original's tokens are signed with; empty for one that is forgotten
 * @param anonymous whether the original's API asks nobody who he is
 * @param resultsPort where models of ours write results, 0 for a free one; empty for the one above
 *     the API's
 * @param database an InfluxDB that models write to instead; empty for our own files
 * @param mqttQos what models are told to subscribe with
 * @param deployTimeout how long it may take until all models of a simulation are ready
 */
record SimulationConfiguration(
    Optional<Integer> surfacePort,
    Optional<String> password,
    Optional<String> secretKey,
    boolean anonymous,
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
        environment
            .find("TUTTI_SIMULATION_PORT")
            .filter(text -> !text.isBlank())
            .map(_ -> reader.port("TUTTI_SIMULATION_PORT", 0)),
        environment.find("OAUTH_PASSWORD").filter(text -> !text.isEmpty()),
        environment.find("SECRET_KEY").filter(text -> !text.isEmpty()),
        environment.get("TUTTI_SIMULATION_ANONYMOUS", "false").equals("true"),
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

  /** Without what is secret: records end up in logs. */
  @Override
  public String toString() {
    return "SimulationConfiguration[surfacePort=%s, password=%s, results=%s]"
        .formatted(
            surfacePort,
            password.isPresent() ? "set" : "none",
            database.map(Database::toString).orElse("files"));
  }
}
