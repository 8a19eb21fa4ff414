package dev.tutti.app;

import dev.tutti.core.backplane.Image;
import dev.tutti.dots.EnvironmentVariable;
import dev.tutti.dots.LifecycleMessage.DeployModels;
import dev.tutti.dots.ModelConfiguration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Models that cost next to nothing, and requests for them. */
final class Models {

  static final String TINY = "tiny:1";

  /**
   * EXIT_CODE 1: ends before it is ready; 2: ends after; QUIET: never ready, goes on. In exec it
   * becomes the sleep, so that a signal ends it at once.
   */
  private static final String SCRIPT =
      """
      [ -n "$SAY" ] && printf '%s' "$SAY" | wc -c
      echo "model $MODEL_ID begins"
      [ "${EXIT_CODE:-0}" = 1 ] && exit 1
      [ -n "$QUIET" ] && exec sleep "$QUIET"
      mosquitto_pub -h "$MQTT_HOST" -p "$MQTT_PORT" -u "$MQTT_USERNAME" -P "$MQTT_PASSWORD" -q 1 \\
        -t "/lifecycle/model/mso/$SIMULATION_ID/$MODEL_ID/ReadyForProcessing" -n || exit 3
      [ "${EXIT_CODE:-0}" = 2 ] && exit 2
      exec sleep "${MODEL_SECONDS:-0.2}"
      """;

  /** Puts the variables of the real broker in the place of those that a request fixes. */
  private static final String REDIRECT =
      """
      MQTT_HOST=127.0.0.1 MQTT_PORT=$REAL_PORT MQTT_USERNAME=$REAL_USER MQTT_PASSWORD=$REAL_PASSWORD
      export MQTT_HOST MQTT_PORT MQTT_USERNAME MQTT_PASSWORD
      exec "$@"
      """;

  private Models() {}

  /** The shell's model, working for so many seconds. */
  static Image tiny(String seconds) {
    return new Image(TINY, List.of("/bin/sh", "-c", SCRIPT), "", Map.of("MODEL_SECONDS", seconds));
  }

  /** The example's program, which is told another broker than the request says. */
  static Image redirected(Image image, MessageBroker broker) {
    Map<String, String> environment = new LinkedHashMap<>(image.environment());
    environment.put("REAL_PORT", String.valueOf(broker.port()));
    environment.put("REAL_USER", broker.username());
    environment.put("REAL_PASSWORD", broker.password());
    List<String> command =
        Stream.concat(Stream.of("/bin/sh", "-c", REDIRECT, "redirect"), image.command().stream())
            .toList();
    return new Image(image.reference(), command, image.workingDirectory(), environment);
  }

  static ModelConfiguration model(
      MessageBroker broker, String simulation, String id, String... further) {
    List<EnvironmentVariable> variables = new ArrayList<>();
    variables.add(new EnvironmentVariable("MQTT_HOST", "host.docker.internal"));
    variables.add(new EnvironmentVariable("MQTT_PORT", String.valueOf(broker.port())));
    variables.add(new EnvironmentVariable("SIMULATION_ID", simulation));
    variables.add(new EnvironmentVariable("MODEL_ID", id));
    variables.add(new EnvironmentVariable("MQTT_USERNAME", broker.username()));
    variables.add(new EnvironmentVariable("MQTT_PASSWORD", broker.password()));
    for (int i = 0; i < further.length; i += 2) {
      variables.add(new EnvironmentVariable(further[i], further[i + 1]));
    }
    return new ModelConfiguration(id, TINY, variables);
  }

  /** The four models of the README: 1 ends before it is ready, 2 after, the others well. */
  static DeployModels four(MessageBroker broker, String simulation) {
    return new DeployModels(
        "so",
        List.of(
            model(broker, simulation, "0-model"),
            model(broker, simulation, "1-model", "EXIT_CODE", "1"),
            model(broker, simulation, "2-model", "EXIT_CODE", "2"),
            model(broker, simulation, "3-model")),
        0);
  }

  static DeployModels of(ModelConfiguration... models) {
    return new DeployModels("so", List.of(models), 0);
  }
}
