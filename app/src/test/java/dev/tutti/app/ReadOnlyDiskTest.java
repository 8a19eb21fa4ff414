package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import dev.tutti.core.backplane.Image;
import dev.tutti.dots.ModelConfiguration;
import dev.tutti.store.testkit.FailingDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole Tutti whose disk fails under it: the kernel makes the file system read-only. */
class ReadOnlyDiskTest {

  private static final int MEBIBYTES = 128;

  /** A model that runs as long as a file is there. */
  private static final String SCRIPT =
      """
      mosquitto_pub -h "$MQTT_HOST" -p "$MQTT_PORT" -u "$MQTT_USERNAME" -P "$MQTT_PASSWORD" -q 1 \\
        -t "/lifecycle/model/mso/$SIMULATION_ID/$MODEL_ID/ReadyForProcessing" -n || exit 3
      while [ -e "$WHILE" ]; do sleep 0.1; done
      """;

  @TempDir Path temp;

  @Test
  void whatCouldNotBeKeptIsNotAcknowledgedAndAllIsToldOnceAfterTheRepair() throws Exception {
    try (FailingDisk disk = FailingDisk.mount(temp, MEBIBYTES);
        Mosquitto broker = new Mosquitto();
        TestServer server =
            TestServer.start(
                "MQTT_PORT",
                String.valueOf(broker.port()),
                "TUTTI_DATA",
                disk.path().resolve("data").toString());
        Wire wire = server.wire()) {
      server
          .app()
          .images()
          .add(new Image(Models.TINY, List.of("/bin/sh", "-c", SCRIPT), "", Map.of()));
      server.awaitReady();
      Path go = Files.createFile(temp.resolve("go"));
      deploy(server, wire, "running", go);
      wire.await(
          TestServer.SOON, h -> h.on("lifecycle", "mso", "dots-so", "running", "ModelsReady"));
      disk.flush();

      disk.fail();
      deploy(server, wire, "queued", go);
      TestServer.await("it is not ready", () -> readyz(server).statusCode() == 503);
      // Something that wants to be kept: the store knows when it has tried to write.
      assertThat(server.send("PUT", "/api/v1/images/other", "{\"command\":[\"x\"]}").statusCode())
          .isEqualTo(503);
      TestServer.await(
          "the store says so", () -> readyz(server).body().contains("does not take writes"));
      assertThat(readyz(server).statusCode()).isEqualTo(503);
      assertThat(readyz(server).body())
          .contains("Nothing is accepted, acknowledged or executed meanwhile; what runs goes on.");
      assertThat(server.processes()).isNotEmpty();
      assertThat(server.send("GET", "/api/v1/deployments/dots-so~queued~1", "").statusCode())
          .isEqualTo(404);

      Files.delete(go);
      TestServer.await("the model has ended", () -> server.processes().isEmpty());
      server.leave();
      assertThat(wire.ends("dots-so", "running")).isEmpty();
      disk.repair();
      Files.createFile(go);
      server.comeBack();
      wire.awaitAll("dots-so", "running");
      assertThat(wire.ends("dots-so", "running")).hasSize(2).last().isEqualTo("all");
      wire.await(
          TestServer.SOON, h -> h.on("lifecycle", "mso", "dots-so", "queued", "ModelsReady"));
      assertThat(wire.heard(h -> h.last().equals("ModelsReady"))).hasSize(2);
    }
  }

  private static void deploy(TestServer server, Wire wire, String simulation, Path file)
      throws Exception {
    ModelConfiguration model =
        Models.model(server.broker(), simulation, "m", "WHILE", file.toString());
    wire.publish(
        "/lifecycle/dots-so/mso/" + simulation + "/DeployModels",
        Models.of(model).encode(),
        MqttQos.AT_LEAST_ONCE);
  }

  private static HttpResponse<String> readyz(TestServer server) {
    try {
      return server.send("GET", "/readyz", "");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
