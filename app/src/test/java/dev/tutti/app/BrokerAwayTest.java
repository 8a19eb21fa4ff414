package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** While a real broker is away, whoever asks is told what waits for it. */
class BrokerAwayTest {

  private static final String DEPLOYMENT = "/deployments/dots-so~away~1";
  private static final String MODEL = "dots-so~away~1~m";

  private static JsonNode get(TestServer server, String path) {
    try {
      return server.get(path);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static String state(TestServer server) {
    return get(server, "/models/" + MODEL).get("state").asString();
  }

  /** How many notices of the deployment wait. */
  private static int waiting(TestServer server) {
    JsonNode commands = get(server, DEPLOYMENT + "/explain").get("commands");
    return commands.isEmpty() ? 0 : commands.get(0).get("waiting").asInt();
  }

  @Test
  void noticesThatWaitAreCountedAndLeaveWhenTheBrokerIsBack() throws Exception {
    try (Mosquitto broker = new Mosquitto();
        TestServer server = TestServer.on(broker)) {
      server.app().images().add(Models.tiny("600"));
      try (Wire wire = server.wire()) {
        wire.publish(
            "/lifecycle/dots-so/mso/away/DeployModels",
            Models.of(Models.model(server.broker(), "away", "m")).encode());
        wire.await(
            TestServer.SOON, h -> h.on("lifecycle", "mso", "dots-so", "away", "ModelsReady"));
      }
      assertThat(get(server, "/doctor").toString()).contains("A new client connected");
      broker.stop();
      server.send("POST", "/api/v1/models/" + MODEL + "/stop", "");
      TestServer.await("it ended", () -> state(server).equals("failed"));
      // The end of the model, why, the end of all; and why once more, when its output was read.
      TestServer.await("its notices wait", () -> waiting(server) == 4);
      assertThat(get(server, "/models/" + MODEL + "/explain").toString()).contains("\"broker\"");

      JsonNode explained = get(server, DEPLOYMENT + "/explain");
      assertThat(explained.get("waitingFor").toString())
          .contains("notices to the simulator wait for the broker");
      assertThat(explained.get("commands").get(0).get("command").asString())
          .isEqualTo("model-has-terminated");
      String doctor = get(server, "/doctor").toString();
      assertThat(doctor)
          .contains("A new client could not connect", "notices wait and leave by themselves");
      assertThat(server.send("GET", "/readyz", "").statusCode()).isEqualTo(503);

      broker.start();
      TestServer.await(
          "the notices left",
          () -> get(server, DEPLOYMENT + "/explain").get("waitingFor").isEmpty());
      server.awaitReady();
    }
  }
}
