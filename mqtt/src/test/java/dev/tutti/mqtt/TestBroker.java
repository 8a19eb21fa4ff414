package dev.tutti.mqtt;

/** A real broker for a test, which can be taken away and brought back in the same place. */
public interface TestBroker extends AutoCloseable {
  String USER = "tester";
  String PASSWORD = "correct horse";

  /** On the loopback address; the same after a restart. */
  int port();

  void start();

  /** What was kept for clients is lost. */
  void stop();

  @Override
  void close();

  /** Settings for a client of this broker, quick to connect again. */
  default MqttSettings settings() {
    return MqttSettings.of("127.0.0.1", port(), USER, PASSWORD, "test");
  }
}
