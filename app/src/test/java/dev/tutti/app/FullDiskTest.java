package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import dev.tutti.store.testkit.SmallDisk;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A whole Tutti on a small file system that is filled and emptied while models run: nothing that
 * was acknowledged is lost, nothing is acknowledged that could not be kept, models go on, and ends
 * are told once.
 */
class FullDiskTest {

  private static final int MEBIBYTES = 96;

  @TempDir Path temp;
  private SmallDisk disk;
  private Mosquitto broker;
  private TestServer server;
  private Wire wire;

  @BeforeEach
  void start() throws Exception {
    disk = SmallDisk.mount(temp.resolve("disk"), MEBIBYTES);
    broker = new Mosquitto();
    server =
        TestServer.start(
            "MQTT_PORT",
            String.valueOf(broker.port()),
            "TUTTI_DATA",
            disk.path().resolve("data").toString(),
            "TUTTI_LOW_SPACE",
            "24MiB");
    wire = server.wire();
    server.app().images().add(Models.tiny("600"));
    server.awaitReady();
    TestServer.await("the reserve is there", () -> Files.exists(server.data().resolve("reserve")));
  }

  @AfterEach
  void stop() throws Exception {
    disk.empty();
    wire.close();
    server.close();
    broker.close();
    disk.close();
  }

  private void deploy(String simulation, String... seconds) throws Exception {
    dev.tutti.dots.ModelConfiguration[] models =
        new dev.tutti.dots.ModelConfiguration[seconds.length];
    for (int i = 0; i < seconds.length; i++) {
      models[i] = Models.model(server.broker(), simulation, "m" + i, "MODEL_SECONDS", seconds[i]);
    }
    wire.publish(
        "/lifecycle/dots-so/mso/" + simulation + "/DeployModels",
        Models.of(models).encode(),
        MqttQos.AT_LEAST_ONCE);
  }

  private void awaitReady(String simulation) throws Exception {
    wire.await(
        TestServer.SOON, h -> h.on("lifecycle", "mso", "dots-so", simulation, "ModelsReady"));
  }

  private HttpResponse<String> readyz() {
    try {
      return server.send("GET", "/readyz", "");
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private String store(HttpResponse<String> readyz) {
    for (JsonNode check : TestServer.JSON.readTree(readyz.body()).get("checks")) {
      if (check.get("name").asString().equals("store")) {
        return check.get("detail").asString();
      }
    }
    throw new AssertionError(readyz.body());
  }

  private boolean known(String deployment) throws Exception {
    return server.send("GET", "/api/v1/deployments/" + deployment, "").statusCode() == 200;
  }

  /** Takes the reserve as well: no byte can be written then. */
  private void fillForGood() {
    TestServer.await(
        "nothing can be written",
        () -> {
          try {
            disk.fillUpTo(0);
            // Something that wants to be kept.
            int _ =
                server
                    .send(
                        "PUT",
                        "/api/v1/images/filler",
                        "{\"command\":[\"" + "x".repeat(9_000) + Math.random() + "\"]}")
                    .statusCode();
          } catch (Exception failure) {
            throw new IllegalStateException(failure);
          }
          return store(readyz()).contains("does not take writes");
        });
  }

  @Test
  void diskThatIsFullTakesEndsFromTheReserveAndNothingNew() throws Exception {
    deploy("running", "600", "4");
    awaitReady("running");
    assertThat(readyz().statusCode()).isEqualTo(200);
    disk.fillUpTo(0);
    TestServer.await("it is not ready", () -> readyz().statusCode() == 503);
    assertThat(store(readyz()))
        .contains(server.data().toString())
        .containsPattern("has \\d+\\.\\d MiB free, and new work needs 24\\.0 MiB")
        .contains("Free some space there");

    deploy("queued", "600");
    HttpResponse<String> refused =
        server.send(
            "POST",
            "/api/v1/deployments",
            "{\"simulatorId\":\"so\",\"simulationId\":\"rest\",\"models\":[{\"id\":\"m\",\"image\":\"tiny:1\"}]}");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("Free some space there");
    wire.await(
        TestServer.SOON,
        h -> h.on("lifecycle", "mso", "dots-so", "running", "m1", "ModelHasTerminated"));
    assertThat(known("dots-so~queued~1")).isFalse();
    assertThat(server.get("/models/dots-so~running~1~m0").get("state").asString())
        .isEqualTo("running");

    disk.empty();
    TestServer.await("it is ready again", () -> readyz().statusCode() == 200);
    awaitReady("queued");
    TestServer.await("the reserve is back", () -> Files.exists(server.data().resolve("reserve")));
    assertThat(known("dots-so~rest~1")).isFalse();
    assertThat(wire.ends("dots-so", "running")).containsExactly("m1 ");
  }

  @Test
  void endsWhileNothingCanBeWrittenAreToldOnceWhenThereIsRoom() throws Exception {
    deploy("running", "600", "6");
    awaitReady("running");
    int processes = server.processes().size();
    fillForGood();
    assertThat(wire.ends("dots-so", "running")).isEmpty();
    TestServer.await("one model ends", () -> server.processes().size() < processes);
    deploy("queued", "600");
    assertThat(store(readyz()))
        .contains("Nothing is accepted, acknowledged or executed meanwhile; what runs goes on.");
    assertThat(wire.ends("dots-so", "running")).isEmpty();

    disk.empty();
    wire.await(
        TestServer.SOON,
        h -> h.on("lifecycle", "mso", "dots-so", "running", "m1", "ModelHasTerminated"));
    awaitReady("queued");
    TestServer.await("it is ready again", () -> readyz().statusCode() == 200);
    assertThat(server.get("/models/dots-so~running~1~m1").get("exitCode").asInt()).isZero();
    assertThat(server.get("/models/dots-so~running~1~m0").get("state").asString())
        .isEqualTo("running");
    server.send("POST", "/api/v1/deployments/dots-so~running~1/stop", "");
    wire.awaitAll("dots-so", "running");
    assertThat(wire.ends("dots-so", "running")).containsExactly("m1 ", "m0 0801108f01", "all");
  }

  @Test
  void whatCouldNotBeKeptWasNotAcknowledgedAndIsDeliveredAfterARestart() throws Exception {
    deploy("running", "600", "6");
    awaitReady("running");
    int processes = server.processes().size();
    fillForGood();
    deploy("queued", "600");
    TestServer.await("one model ends", () -> server.processes().size() < processes);
    server.leave();
    disk.empty();
    server.comeBack();
    awaitReady("queued");
    wire.await(
        TestServer.SOON,
        h -> h.on("lifecycle", "mso", "dots-so", "running", "m1", "ModelHasTerminated"));
    assertThat(server.get("/models/dots-so~running~1~m1").get("exitCode").asInt()).isZero();
    assertThat(wire.heard(h -> h.last().equals("ModelsReady"))).hasSize(2);
    assertThat(wire.ends("dots-so", "running")).containsExactly("m1 ");
  }
}
