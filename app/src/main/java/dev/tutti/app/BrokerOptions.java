package dev.tutti.app;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where an external broker is and who we are there. */
final class BrokerOptions {

  @Option(names = "--mqtt-host", paramLabel = "HOST", description = "Host of the broker.")
  @Nullable String host;

  @Option(
      names = "--mqtt-port",
      paramLabel = "PORT",
      defaultValue = "1883",
      description = "Port of the broker. Default: ${DEFAULT-VALUE}.")
  int port = 1883;

  @Option(
      names = "--mqtt-username",
      paramLabel = "NAME",
      defaultValue = "${env:MQTT_USERNAME:-}",
      description = "Account at the broker. Default: $$MQTT_USERNAME.")
  String username = "";

  @Option(
      names = "--mqtt-password",
      paramLabel = "PASSWORD",
      defaultValue = "${env:MQTT_PASSWORD:-}",
      description = "Its password. Default: $$MQTT_PASSWORD.")
  String password = "";

  /** The broker, if a host was given. */
  Configuration.Broker broker() {
    return host == null
        ? new Configuration.Broker(false, "127.0.0.1", 0, "", "")
        : new Configuration.Broker(true, host, port, username, password);
  }
}
