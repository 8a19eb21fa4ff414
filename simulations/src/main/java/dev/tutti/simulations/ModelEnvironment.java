package dev.tutti.simulations;

import dev.tutti.dots.EnvironmentVariable;
import java.util.List;
import java.util.Locale;

/**
 * What models are told about their surroundings: where broker and database are, as seen by a model.
 *
 * @param mqttPassword handed to models in clear, as the protocol has it
 * @param influxHost empty when there is no database
 */
public record ModelEnvironment(
    String mqttHost,
    int mqttPort,
    int mqttQos,
    String mqttUsername,
    String mqttPassword,
    String influxHost,
    String influxPort,
    String influxUser,
    String influxPassword,
    String influxName) {

  /** A broker, and no database. */
  public static ModelEnvironment of(String host, int port, String username, String password) {
    return new ModelEnvironment(host, port, 0, username, password, "", "", "", "", "");
  }

  /** The variables of a model, in the order of the original. */
  List<EnvironmentVariable> variables(String simulation, String model, String logLevel) {
    return List.of(
        new EnvironmentVariable("MQTT_HOST", mqttHost),
        new EnvironmentVariable("MQTT_PORT", Integer.toString(mqttPort)),
        new EnvironmentVariable("MQTT_QOS", Integer.toString(mqttQos)),
        new EnvironmentVariable("SIMULATOR_ID", SimulationsSettings.SIMULATOR_ID),
        new EnvironmentVariable("SIMULATION_ID", simulation),
        new EnvironmentVariable("MODEL_ID", model),
        new EnvironmentVariable("MQTT_USERNAME", mqttUsername),
        new EnvironmentVariable("MQTT_PASSWORD", mqttPassword),
        new EnvironmentVariable("INFLUXDB_HOST", influxHost),
        new EnvironmentVariable("INFLUXDB_PORT", influxPort),
        new EnvironmentVariable("INFLUXDB_USER", influxUser),
        new EnvironmentVariable("INFLUXDB_PASSWORD", influxPassword),
        new EnvironmentVariable("INFLUXDB_NAME", influxName),
        new EnvironmentVariable("LOG_LEVEL", logLevel.toUpperCase(Locale.ROOT)));
  }

  /** Without the passwords. */
  @Override
  public String toString() {
    return "ModelEnvironment[%s@%s:%d]".formatted(mqttUsername, mqttHost, mqttPort);
  }
}
