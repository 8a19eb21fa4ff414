package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.backplane.Image;
import dev.tutti.dots.ModelConfiguration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A model of the original says once, at QoS 0, that it is ready. When nobody listens in that moment
 * it is lost, and the model ends by the start time-out: it never hangs.
 */
class LegacyModelTest {

  @Test
  void readyThatFellIntoAnOutageEndsTheModelByTimeOutWithMosquitto() throws Exception {
    try (Mosquitto broker = new Mosquitto();
        TestServer server =
            TestServer.start(
                "MQTT_PORT", String.valueOf(broker.port()), "TUTTI_START_TIMEOUT", "2s")) {
      deployAndLeave(server);
      // Mosquitto keeps nothing of QoS 0 for a client that is away.
      try (Wire wire = server.wire()) {
        wire.publish("/lifecycle/model/mso/legacy/m/ReadyForProcessing", new byte[0]);
      }
      assertEndsByTimeOut(server);
    }
  }

  @Test
  void readyThatFellIntoAnOutageEndsTheModelByTimeOutWithTheEmbeddedBroker() throws Exception {
    try (TestServer server = TestServer.start("TUTTI_START_TIMEOUT", "2s")) {
      // The broker is away with the server: what is published meanwhile has no receiver.
      deployAndLeave(server);
      assertEndsByTimeOut(server);
    }
  }

  private static void deployAndLeave(TestServer server) throws Exception {
    server
        .app()
        .images()
        .add(new Image("legacy:1", List.of("/bin/sh", "-c", "exec sleep 600"), "", Map.of()));
    try (Wire wire = server.wire()) {
      wire.publish(
          "/lifecycle/dots-so/mso/legacy/DeployModels",
          Models.of(new ModelConfiguration("m", "legacy:1", List.of())).encode());
      TestServer.await("it runs", () -> !server.processes().isEmpty());
    }
    server.leave();
  }

  private static void assertEndsByTimeOut(TestServer server) throws Exception {
    server.comeBack();
    String id = "dots-so~legacy~1";
    TestServer.await(
        "it ended", () -> server.app().records().deployment(id).state().equals("ended"));
    assertThat(server.get("/models/" + id + "~m").get("state").asString()).isEqualTo("failed");
    assertThat(server.get("/models/" + id + "~m").get("exitCode").asInt()).isEqualTo(124);
    TestServer.await("its process is gone", () -> server.processes().isEmpty());
  }
}
