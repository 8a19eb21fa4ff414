package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import org.junit.jupiter.api.Test;

/** ESSIM speaks the same protocol under its own name, at QoS 1 and without field 3. */
class EssimTest {

  @Test
  void essimIsServedUnderItsNameAndEndsItsModelsWithSimulationDone() throws Exception {
    try (Mosquitto broker = new Mosquitto();
        TestServer server =
            TestServer.start(
                "MQTT_PORT", String.valueOf(broker.port()),
                "SIMULATOR_NAME", "dots-so,ESSIM",
                "TUTTI_DONE_GRACE", "1s");
        Wire wire = server.wire()) {
      server.app().images().add(Models.tiny("600"));
      byte[] request =
          Models.of(
                  Models.model(server.broker(), "run", "a"),
                  Models.model(server.broker(), "run", "b"),
                  Models.model(server.broker(), "run", "short", "MODEL_SECONDS", "0.1"))
              .encode();
      wire.publish("/lifecycle/essim/mso/run/DeployModels", request, MqttQos.AT_LEAST_ONCE);
      wire.await(TestServer.SOON, h -> h.on("lifecycle", "mso", "essim", "run", "ModelsReady"));
      wire.await(
          TestServer.SOON,
          h -> h.on("lifecycle", "mso", "essim", "run", "short", "ModelHasTerminated"));

      long done = System.nanoTime();
      wire.publish("/lifecycle/essim/mso/run/SimulationDone", new byte[0], MqttQos.AT_LEAST_ONCE);
      wire.awaitAll("essim", "run");
      assertThat(System.nanoTime() - done).isGreaterThan(900_000_000L);
      assertThat(wire.ends("essim", "run"))
          .containsExactlyInAnyOrder("short ", "a 0801108f01", "b 0801108f01", "all")
          .endsWith("all");
      assertThat(wire.heard(h -> h.last().equals("ModelsReady"))).hasSize(1);
      assertThat(wire.heard(h -> h.topic().startsWith("/lifecycle/mso/dots-so/"))).isEmpty();
    }
  }
}
