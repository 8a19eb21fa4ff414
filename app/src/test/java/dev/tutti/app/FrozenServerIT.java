package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server that is frozen by {@code SIGSTOP}, as a laptop's lid or a busy host does it. */
class FrozenServerIT {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(8);
  private static final Duration FROZEN = Duration.ofSeconds(10);

  /** Becomes ready and ends when it is let. */
  private static final String MODEL =
      """
      until [ -e "$FOLDER/ready-$MODEL_ID" ]; do sleep 0.1; done
      mosquitto_pub -h 127.0.0.1 -p "$MQTT_PORT" -u dots -P dotspass -q 1 -n \
        -t "/lifecycle/model/mso/frozen/$MODEL_ID/ReadyForProcessing" || exit 3
      : > "$FOLDER/said-$MODEL_ID"
      until [ -e "$FOLDER/end-$MODEL_ID" ]; do sleep 0.1; done
      : > "$FOLDER/ended-$MODEL_ID"
      exit 5
      """;

  @Test
  void whatHappensWhileTheServerIsFrozenIsNotLostAndNoDeadlineIsUnfair() throws Exception {
    Path folder = Files.createTempDirectory("tutti-frozen");
    Path data = folder.resolve("data");
    try (Mosquitto broker = new Mosquitto();
        Wire wire = Wire.on(broker.port(), Mosquitto.USER, Mosquitto.PASSWORD);
        Program server = Program.start(folder, environment(data, broker), "server");
        Api api = Api.of(server, data)) {
      deploy(api, folder, broker);
      TestServer.await(
          "both run",
          () ->
              api.send("GET", "/api/v1/events?limit=1000", "")
                      .body()
                      .split("model.started", -1)
                      .length
                  > 2);
      let(folder, "ready-early");
      TestServer.await("the first one is ready", () -> state(api, "early").equals("running"));

      // The deadline of the other one passes while it says that it is ready, and nobody listens.
      long frozenAt = System.nanoTime();
      server.signal("STOP");
      let(folder, "ready-late");
      TestServer.await("it has said so", () -> Files.exists(folder.resolve("said-late")));
      stayFrozen(frozenAt);
      server.signal("CONT");
      wire.await(
          TestServer.SOON, h -> h.on("lifecycle", "mso", "dots-so", "frozen", "ModelsReady"));
      assertThat(state(api, "late")).isEqualTo("running");
      assertThat(event(api, "clock.stood-still")).isTrue();
      assertThat(event(api, "clock.jumped")).isFalse();

      // One ends while the server is frozen.
      frozenAt = System.nanoTime();
      server.signal("STOP");
      let(folder, "end-early");
      TestServer.await("it has ended", () -> Files.exists(folder.resolve("ended-early")));
      stayFrozen(frozenAt);
      server.signal("CONT");
      wire.await(
          TestServer.SOON,
          h -> h.on("lifecycle", "mso", "dots-so", "frozen", "early", "ModelHasTerminated"));
      let(folder, "end-late");
      wire.awaitAll("dots-so", "frozen");
      assertThat(wire.ends("dots-so", "frozen"))
          .containsExactly("early 08011005", "late 08011005", "all");
      assertThat(wire.heard(h -> h.last().equals("ModelsReady"))).hasSize(1);
      server.signal("TERM");
      assertThat(server.awaitEnd()).isIn(0, 143);
    } finally {
      TestServer.delete(folder);
    }
  }

  private static Map<String, String> environment(Path data, Mosquitto broker) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("TUTTI_DATA", data.toString());
    environment.put("TUTTI_API_PORT", "0");
    environment.put("TUTTI_START_TIMEOUT", START_TIMEOUT.toSeconds() + "s");
    environment.put("MQTT_HOST", "127.0.0.1");
    environment.put("MQTT_PORT", String.valueOf(broker.port()));
    environment.put("MQTT_USERNAME", Mosquitto.USER);
    environment.put("MQTT_PASSWORD", Mosquitto.PASSWORD);
    return environment;
  }

  private static void deploy(Api api, Path folder, Mosquitto broker) {
    Map<String, Object> image =
        Map.of(
            "command",
            List.of("/bin/sh", "-c", MODEL),
            "environment",
            Map.of("MQTT_PORT", String.valueOf(broker.port()), "FOLDER", folder.toString()));
    assertThat(
            api.send("PUT", "/api/v1/images/shell", TestServer.JSON.writeValueAsString(image))
                .statusCode())
        .isEqualTo(200);
    String deployment =
        """
        {"simulatorId":"so","simulationId":"frozen","models":[
         {"id":"early","image":"shell","environment":{"MODEL_ID":"early"}},
         {"id":"late","image":"shell","environment":{"MODEL_ID":"late"}}]}\
        """;
    assertThat(api.send("POST", "/api/v1/deployments", deployment).statusCode()).isEqualTo(201);
  }

  private static void let(Path folder, String what) throws IOException {
    Files.createFile(folder.resolve(what));
  }

  /** Real time is what this is about: the server must miss its deadline. */
  private static void stayFrozen(long since) {
    TestServer.await(
        "it was frozen long enough", () -> System.nanoTime() - since > FROZEN.toNanos());
  }

  private static String state(Api api, String model) {
    return TestServer.JSON
        .readTree(api.send("GET", "/api/v1/models/dots-so~frozen~1~" + model, "").body())
        .path("state")
        .asString();
  }

  private static boolean event(Api api, String type) {
    return api.send("GET", "/api/v1/events?limit=1000", "").body().contains(type);
  }
}
