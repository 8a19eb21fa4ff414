package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.Failure;
import dev.tutti.mqtt.MqttBus;
import dev.tutti.mqtt.MqttSettings;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** One instance for a simulator name on a broker, and one on a data folder. */
class SecondInstanceTest {

  private static final String DESCRIPTOR = "/tutti/mso/dots-so/Instance";

  @Test
  void secondInstanceOfOneNameRefusesAndSaysWhichOneAndWhatToDo() throws Exception {
    try (Mosquitto broker = new Mosquitto();
        TestServer first = TestServer.on(broker)) {
      awaitDescriptor(broker);
      assertThatThrownBy(() -> TestServer.on(broker))
          .isInstanceOfSatisfying(
              Failure.Rejected.class,
              refused ->
                  assertThat(refused.problem().sentence())
                      .contains(
                          "another Tutti for dots-so",
                          Token.fingerprint(first.app().token()),
                          first.app().uri().toString(),
                          "127.0.0.1:" + broker.port(),
                          "--simulator-name"));
      assertThat(first.get("/deployments").get("items")).isEmpty();
    }
  }

  @Test
  void anotherNameOnTheSameBrokerIsServedBesideTheFirst() throws Exception {
    try (Mosquitto broker = new Mosquitto();
        TestServer _ = TestServer.on(broker)) {
      awaitDescriptor(broker);
      String port = String.valueOf(broker.port());
      try (TestServer second = TestServer.start("MQTT_PORT", port, "SIMULATOR_NAME", "other-so")) {
        assertThat(second.get("/deployments").get("items")).isEmpty();
      }
    }
  }

  @Test
  void descriptorOfAKilledInstanceKeepsNobodyOut() throws Exception {
    try (Mosquitto broker = new Mosquitto()) {
      retain(broker, new Instance("gone", "0", "1.0", "", "a machine").encode());
      try (TestServer server = TestServer.on(broker);
          Wire wire = server.wire()) {
        String own = Token.fingerprint(server.app().token());
        assertThat(wire.await(TestServer.SOON, h -> isDescriptorOf(own, h)).text())
            .contains("\"protocol\":\"1.0\"", server.app().uri().toString());
      }
    }
  }

  @Test
  void restartOnTheSameDataFolderIsNotRefused() throws Exception {
    try (Mosquitto broker = new Mosquitto();
        TestServer server = TestServer.on(broker)) {
      byte[] own = HexFormat.of().parseHex(awaitDescriptor(broker).hex());
      server.leave();
      // As after kill -9: nobody took it away.
      retain(broker, own);
      server.comeBack();
      assertThat(server.get("/deployments").get("items")).isEmpty();
    }
  }

  @Test
  void descriptorGoesWithTheInstance() throws Exception {
    try (Mosquitto broker = new Mosquitto();
        TestServer server = TestServer.on(broker)) {
      awaitDescriptor(broker);
      server.leave();
      try (Wire late = on(broker)) {
        late.publish("/late/marker", new byte[0]);
        late.await(TestServer.SOON, h -> h.topic().equals("/late/marker"));
        assertThat(late.heard(h -> h.topic().equals(DESCRIPTOR))).isEmpty();
      }
      server.comeBack();
    }
  }

  @Test
  void brokerThatForgotTheDescriptorIsToldAgain() throws Exception {
    try (Mosquitto broker = new Mosquitto();
        TestServer server = TestServer.on(broker)) {
      String first = awaitDescriptor(broker).text();
      broker.stop();
      broker.start();
      assertThat(awaitDescriptor(broker).text()).isEqualTo(first);
      assertThat(server.get("/deployments").get("items")).isEmpty();
    }
  }

  @Test
  void brokenDescriptorIsIgnored() throws Exception {
    try (Mosquitto broker = new Mosquitto()) {
      retain(broker, "{\"instance\":".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      try (TestServer server = TestServer.on(broker)) {
        assertThat(server.get("/deployments").get("items")).isEmpty();
      }
    }
  }

  @Test
  void secondOnOneDataFolderRefusesAndNamesTheProcess() {
    try (TestServer server = TestServer.start()) {
      assertThatThrownBy(server::comeBack)
          .isInstanceOfSatisfying(
              Failure.Rejected.class,
              refused ->
                  assertThat(refused.problem().sentence())
                      .contains(
                          "in use by the process " + ProcessHandle.current().pid(),
                          "Stop that one first, or use another folder with --data"));
    }
  }

  private static Wire on(Mosquitto broker) throws Exception {
    return Wire.on(broker.port(), Mosquitto.USER, Mosquitto.PASSWORD);
  }

  /** As somebody sees it who comes later; it is there soon after the start. */
  private static Wire.Heard awaitDescriptor(Mosquitto broker) throws Exception {
    try (Wire wire = on(broker)) {
      return wire.await(TestServer.SOON, h -> h.topic().equals(DESCRIPTOR) && !h.hex().isEmpty());
    }
  }

  private static boolean isDescriptorOf(String instance, Wire.Heard heard) {
    return heard.topic().equals(DESCRIPTOR) && heard.text().contains(instance);
  }

  private static void retain(Mosquitto broker, byte[] payload) throws InterruptedException {
    try (MqttBus bus =
        MqttBus.connect(
            MqttSettings.of(
                "127.0.0.1", broker.port(), Mosquitto.USER, Mosquitto.PASSWORD, "test"))) {
      Connections.await(bus, Duration.ofSeconds(10));
      bus.publishRetained(DESCRIPTOR, payload);
    }
  }
}
