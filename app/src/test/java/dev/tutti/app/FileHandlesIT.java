package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import dev.tutti.dots.EnvironmentVariable;
import dev.tutti.dots.ModelConfiguration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The packaged program without a single free file handle: what runs is not taken for gone, what
 * ended is told once, and what could not be followed is followed later.
 */
class FileHandlesIT {

  private static final String MODEL =
      """
      mosquitto_pub -h 127.0.0.1 -p "$PORT" -u dots -P dotspass -q 1 -n \
        -t "/lifecycle/model/mso/$SIMULATION/$MODEL_ID/ReadyForProcessing" || exit 3
      exec sleep "$SECONDS_TO_GO"
      """;

  private static byte[] request(Mosquitto broker, String simulation, String... seconds) {
    ModelConfiguration[] models = new ModelConfiguration[seconds.length];
    for (int i = 0; i < seconds.length; i++) {
      models[i] =
          new ModelConfiguration(
              "m" + i,
              "shell",
              List.of(
                  new EnvironmentVariable("PORT", String.valueOf(broker.port())),
                  new EnvironmentVariable("SIMULATION", simulation),
                  new EnvironmentVariable("MODEL_ID", "m" + i),
                  new EnvironmentVariable("SECONDS_TO_GO", seconds[i])));
    }
    return Models.of(models).encode();
  }

  private static void limit(Program program, String soft) throws Exception {
    int code =
        new ProcessBuilder(
                "prlimit", "--pid", String.valueOf(program.pid()), "--nofile=" + soft + ":")
            .inheritIO()
            .start()
            .waitFor();
    assertThat(code).as("prlimit, of util-linux").isZero();
  }

  private static String softLimit(Program program) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + program.pid() + "/limits")).stream()
        .filter(line -> line.startsWith("Max open files"))
        .map(line -> line.substring("Max open files".length()).strip().split("\\s+", 2)[0])
        .findFirst()
        .orElseThrow();
  }

  private static HttpResponse<String> send(
      HttpClient http, Path data, URI api, String method, String path, String body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(api.resolve(path))
              .timeout(Duration.ofSeconds(5))
              .header("Content-Type", "application/json")
              .header("Authorization", "Bearer " + Files.readString(data.resolve("token")).strip())
              .method(method, HttpRequest.BodyPublishers.ofString(body))
              .build();
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void serverWithoutAFreeFileHandleLosesNothingAndGoesOnWhenItHasSome() throws Exception {
    Path folder = Files.createTempDirectory("tutti-handles");
    Path data = folder.resolve("data");
    try (Mosquitto broker = new Mosquitto();
        Wire wire = Wire.on(broker.port(), Mosquitto.USER, Mosquitto.PASSWORD);
        HttpClient http = HttpClient.newHttpClient()) {
      Map<String, String> environment = new LinkedHashMap<>();
      environment.put("TUTTI_DATA", data.toString());
      environment.put("TUTTI_API_PORT", "0");
      environment.put("MQTT_HOST", "127.0.0.1");
      environment.put("MQTT_PORT", String.valueOf(broker.port()));
      environment.put("MQTT_USERNAME", Mosquitto.USER);
      environment.put("MQTT_PASSWORD", Mosquitto.PASSWORD);
      try (Program server = Program.start(folder, environment, "server")) {
        URI api = URI.create(server.awaitAfter("API     ")).resolve("/");
        String image =
            TestServer.JSON.writeValueAsString(Map.of("command", List.of("/bin/sh", "-c", MODEL)));
        assertThat(send(http, data, api, "PUT", "/api/v1/images/shell", image).statusCode())
            .isEqualTo(200);
        TestServer.await(
            "it is ready", () -> send(http, data, api, "GET", "/readyz", "").statusCode() == 200);
        wire.publish(
            "/lifecycle/dots-so/mso/running/DeployModels",
            request(broker, "running", "600", "4"),
            MqttQos.AT_LEAST_ONCE);
        wire.await(
            TestServer.SOON, h -> h.on("lifecycle", "mso", "dots-so", "running", "ModelsReady"));
        int processes = TestServer.processesIn(data).size();

        String usual = softLimit(server);
        limit(server, "10");
        // On a connection that is open already: another one could not be accepted.
        TestServer.await(
            "it says what is missing",
            () -> {
              HttpResponse<String> ready = send(http, data, api, "GET", "/readyz", "");
              return ready.statusCode() == 503 && ready.body().contains("limit of open files");
            });
        wire.publish(
            "/lifecycle/dots-so/mso/queued/DeployModels",
            request(broker, "queued", "600"),
            MqttQos.AT_LEAST_ONCE);
        TestServer.await("one model ends", () -> TestServer.processesIn(data).size() < processes);
        assertThat(
                wire.heard(h -> h.topic().contains("/queued/") && h.last().equals("ModelsReady")))
            .isEmpty();

        limit(server, usual);
        wire.await(
            TestServer.SOON,
            h -> h.on("lifecycle", "mso", "dots-so", "running", "m1", "ModelHasTerminated"));
        wire.await(
            TestServer.SOON, h -> h.on("lifecycle", "mso", "dots-so", "queued", "ModelsReady"));
        TestServer.await(
            "it is ready", () -> send(http, data, api, "GET", "/readyz", "").statusCode() == 200);
        for (String simulation : List.of("running", "queued")) {
          send(
              http, data, api, "POST", "/api/v1/deployments/dots-so~" + simulation + "~1/stop", "");
          wire.awaitAll("dots-so", simulation);
        }
        assertThat(wire.ends("dots-so", "running")).containsExactly("m1 ", "m0 0801108f01", "all");
        assertThat(wire.ends("dots-so", "queued")).containsExactly("m0 0801108f01", "all");
        server.signal("TERM");
        assertThat(server.awaitEnd()).isIn(0, 143);
      }
      assertThat(TestServer.processesIn(folder)).isEmpty();
    } finally {
      TestServer.delete(folder);
    }
  }
}
