package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.dots.LifecycleMessage.DeployModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code systemctl restart} does with {@code KillMode=process}: SIGTERM to one process. */
class SystemdIT {

  private static final String SCRIPT =
      """
      mosquitto_pub -h "$MQTT_HOST" -p "$MQTT_PORT" -u "$MQTT_USERNAME" -P "$MQTT_PASSWORD" -q 1 \\
        -t "/lifecycle/model/mso/$SIMULATION_ID/$MODEL_ID/ReadyForProcessing" -n || exit 3
      exec sleep 600
      """;

  @Test
  void termEndsTheServerAloneAndTheNextStartAdoptsTheModels() throws Exception {
    Path folder = Files.createTempDirectory("tutti-systemd");
    try (Mosquitto broker = new Mosquitto();
        Wire wire = Wire.on(broker.port(), Mosquitto.USER, Mosquitto.PASSWORD);
        ServerProcess server =
            new ServerProcess(
                folder, () -> Program.start(folder, environment(folder, broker), "server"))) {
      server.put(
          "/api/v1/images/" + TestServer.encoded(Models.TINY),
          TestServer.JSON.writeValueAsString(Map.of("command", List.of("/bin/sh", "-c", SCRIPT))));
      MessageBroker named =
          new MessageBroker(false, "127.0.0.1", broker.port(), Mosquitto.USER, Mosquitto.PASSWORD);
      DeployModels request =
          Models.of(Models.model(named, "unit", "a"), Models.model(named, "unit", "b"));
      wire.publish("/lifecycle/dots-so/mso/unit/DeployModels", request.encode());
      wire.await(TestServer.SOON, h -> h.on("lifecycle", "mso", "dots-so", "unit", "ModelsReady"));
      List<Long> before = server.workloads();

      server.leave();
      assertThat(server.workloads()).containsExactlyElementsOf(before);

      server.comeBack();
      assertThat(server.workloads()).containsExactlyElementsOf(before);
      assertThat(server.metric("tutti_workload_orphans")).isZero();
      server.send("POST", "/api/v1/deployments/dots-so~unit~1/stop", "");
      wire.awaitAll("dots-so", "unit");
      assertThat(wire.ends("dots-so", "unit"))
          .containsExactlyInAnyOrder("a 0801108f01", "b 0801108f01", "all")
          .endsWith("all");
      TestServer.await("no model is left", () -> server.workloads().isEmpty());
    } finally {
      TestServer.delete(folder);
    }
  }

  private static Map<String, String> environment(Path folder, Mosquitto broker) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("TUTTI_DATA", folder.resolve("data").toString());
    environment.put("TUTTI_API_PORT", "0");
    environment.put("MQTT_HOST", "127.0.0.1");
    environment.put("MQTT_PORT", String.valueOf(broker.port()));
    environment.put("MQTT_USERNAME", Mosquitto.USER);
    environment.put("MQTT_PASSWORD", Mosquitto.PASSWORD);
    return environment;
  }
}
