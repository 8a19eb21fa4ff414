package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was acknowledged survives the end of the server by {@code kill -9}. */
class KilledServerIT {

  private static final String MODEL =
      """
      mosquitto_pub -h 127.0.0.1 -p "$MQTT_PORT" -u dots -P dotspass -q 1 -n \
        -t "/lifecycle/model/mso/killed/$MODEL_ID/ReadyForProcessing" || exit 3
      sleep "$MODEL_SECONDS"
      exit "$CODE"
      """;

  @Test
  void modelsOutliveAKilledServerAndTheirEndsAreToldOnce() throws Exception {
    Path folder = Files.createTempDirectory("tutti-killed");
    try (Mosquitto broker = new Mosquitto();
        Wire wire = Wire.on(broker.port(), Mosquitto.USER, Mosquitto.PASSWORD);
        HttpClient http = HttpClient.newHttpClient()) {
      Map<String, String> environment = new LinkedHashMap<>();
      environment.put("TUTTI_DATA", folder.resolve("data").toString());
      environment.put("TUTTI_API_PORT", "0");
      environment.put("MQTT_HOST", "127.0.0.1");
      environment.put("MQTT_PORT", String.valueOf(broker.port()));
      environment.put("MQTT_USERNAME", Mosquitto.USER);
      environment.put("MQTT_PASSWORD", Mosquitto.PASSWORD);
      try (Program first = Program.start(folder, environment, "server")) {
        URI api = URI.create(first.awaitAfter("API     ")).resolve("/");
        TestServer.await(
            "it is ready", () -> status(http, folder, api, "GET", "/readyz", "") == 200);
        Map<String, Object> shell =
            Map.of(
                "command",
                List.of("/bin/sh", "-c", MODEL),
                "environment",
                Map.of("MQTT_PORT", String.valueOf(broker.port())));
        String image = TestServer.JSON.writeValueAsString(shell);
        assertThat(status(http, folder, api, "PUT", "/api/v1/images/shell", image)).isEqualTo(200);
        String deployment =
            """
            {"simulatorId":"so","simulationId":"killed","models":[
             {"id":"short","image":"shell",
              "environment":{"MODEL_ID":"short","MODEL_SECONDS":"2","CODE":"5"}},
             {"id":"long","image":"shell",
              "environment":{"MODEL_ID":"long","MODEL_SECONDS":"600","CODE":"0"}}]}\
            """;
        assertThat(status(http, folder, api, "POST", "/api/v1/deployments", deployment))
            .isEqualTo(201);
        wire.await(
            TestServer.SOON, h -> h.on("lifecycle", "mso", "dots-so", "killed", "ModelsReady"));
        first.signal("KILL");
        assertThat(first.awaitEnd()).isEqualTo(137);
      }
      TestServer.await(
          "the short one ended while nobody looked",
          () -> TestServer.processesIn(folder.resolve("data")).size() <= 3);

      try (Program second = Program.start(folder, environment, "server")) {
        URI api = URI.create(second.awaitAfter("API     ")).resolve("/");
        wire.await(
            TestServer.SOON,
            h -> h.on("lifecycle", "mso", "dots-so", "killed", "short", "ModelHasTerminated"));
        assertThat(
                status(http, folder, api, "POST", "/api/v1/deployments/dots-so~killed~1/stop", ""))
            .isEqualTo(202);
        wire.awaitAll("dots-so", "killed");
        assertThat(wire.ends("dots-so", "killed"))
            .containsExactly("short 08011005", "long 0801108f01", "all");
        assertThat(wire.heard(h -> h.last().equals("ModelsReady"))).hasSize(1);
        second.signal("TERM");
        assertThat(second.awaitEnd()).isIn(0, 143);
      }
      assertThat(TestServer.processesIn(folder)).isEmpty();
    } finally {
      TestServer.delete(folder);
    }
  }

  private static int status(
      HttpClient http, Path folder, URI api, String method, String path, String body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(api.resolve(path))
              .header("Content-Type", "application/json")
              .header(
                  "Authorization",
                  "Bearer " + Files.readString(folder.resolve("data").resolve("token")).strip())
              .method(method, HttpRequest.BodyPublishers.ofString(body))
              .build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    } catch (java.io.IOException notYet) {
      return 0;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
