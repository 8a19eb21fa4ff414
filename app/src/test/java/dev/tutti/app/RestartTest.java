package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A restart is a normal case: what runs is adopted, and each end is told once. */
class RestartTest {

  private static void deploy(TestServer server, Wire wire) throws Exception {
    server.app().images().add(Models.tiny("600"));
    wire.publish(
        "/lifecycle/dots-so/mso/restart/DeployModels",
        Models.of(
                Models.model(server.broker(), "restart", "stays"),
                Models.model(server.broker(), "restart", "ends", "MODEL_SECONDS", "1.5"),
                Models.model(server.broker(), "restart", "ended", "EXIT_CODE", "2"))
            .encode());
    wire.await(
        TestServer.SOON,
        h -> h.on("lifecycle", "mso", "dots-so", "restart", "ended", "ModelHasTerminated"));
    TestServer.await(
        "the others run",
        () -> server.app().records().deployment("dots-so~restart~1").models().running() == 2);
  }

  @Test
  void modelsAreAdoptedAndWhatEndedMeanwhileIsToldOnce() throws Exception {
    try (Mosquitto broker = new Mosquitto();
        TestServer server = TestServer.on(broker);
        Wire wire = server.wire()) {
      deploy(server, wire);
      server.leave();
      assertThat(wire.ends("dots-so", "restart")).containsExactly("ended 08011002");
      TestServer.await(
          "one ended while nobody looked", () -> TestServer.processesIn(server.data()).size() == 2);

      server.comeBack();
      wire.await(
          TestServer.SOON,
          h -> h.on("lifecycle", "mso", "dots-so", "restart", "ends", "ModelHasTerminated"));
      assertThat(server.get("/models/dots-so~restart~1~stays").get("state").asString())
          .isEqualTo("running");
      server.send("POST", "/api/v1/deployments/dots-so~restart~1/stop", "");
      wire.awaitAll("dots-so", "restart");
      assertThat(wire.ends("dots-so", "restart"))
          .containsExactly("ended 08011002", "ends ", "stays 0801108f01", "all");
      assertThat(server.get("/deployments/dots-so~restart~1").get("models").get("total").asInt())
          .isEqualTo(3);
      assertThat(server.metric("tutti_places_used")).isZero();
    }
  }

  @Test
  void modelThatBecomesReadyWhileTuttiIsAwayIsKnownToBeReady() throws Exception {
    try (Mosquitto broker = new Mosquitto();
        TestServer server = TestServer.on(broker);
        Wire wire = server.wire()) {
      server.app().images().add(Models.tiny("600"));
      String script = "exec sleep 600";
      server
          .app()
          .images()
          .add(
              new dev.tutti.core.backplane.Image(
                  "slow:1", java.util.List.of("/bin/sh", "-c", script), "", java.util.Map.of()));
      wire.publish(
          "/lifecycle/dots-so/mso/slow/DeployModels",
          Models.of(new dev.tutti.dots.ModelConfiguration("m", "slow:1", java.util.List.of()))
              .encode());
      TestServer.await("it runs", () -> !server.processes().isEmpty());
      server.leave();
      wire.publish(
          "/lifecycle/model/mso/slow/m/ReadyForProcessing",
          new byte[0],
          com.hivemq.client.mqtt.datatypes.MqttQos.AT_LEAST_ONCE);
      server.comeBack();
      wire.await(TestServer.SOON, h -> h.on("lifecycle", "mso", "dots-so", "slow", "ModelsReady"));
      assertThat(wire.heard(h -> h.last().equals("ModelsReady"))).hasSize(1);
    }
  }

  @Test
  void modelsOutliveTheEmbeddedBrokerToo() throws Exception {
    try (TestServer server = TestServer.start()) {
      try (Wire wire = server.wire()) {
        deploy(server, wire);
      }
      server.leave();
      server.comeBack();
      try (Wire wire = server.wire()) {
        server.send("POST", "/api/v1/deployments/dots-so~restart~1/stop", "");
        wire.awaitAll("dots-so", "restart");
        assertThat(wire.ends("dots-so", "restart"))
            .doesNotContain("ended 08011002")
            .endsWith("all");
      }
    }
  }
}
