package dev.tutti.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class BrokerTest {
  private static final Broker.Patience SHORT =
      new Broker.Patience(Duration.ofMillis(300), Duration.ofMillis(300));

  private final BlockingQueue<Broker.Event> events = new LinkedBlockingQueue<>();

  @Test
  void brokerThatNeverComesIsGivenUpWithItsAddress() throws Exception {
    try (Mosquitto gone = new Mosquitto()) {
      gone.stop();
      try (Broker _ = broker(gone)) {
        assertGivenUp(gone);
      }
    }
  }

  @Test
  void brokerThatDoesNotComeBackIsGivenUp() throws Exception {
    try (Mosquitto mosquitto = new Mosquitto();
        Broker _ = broker(mosquitto)) {
      assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo(new Broker.Event.Connected());

      mosquitto.stop();

      assertGivenUp(mosquitto);
    }
  }

  @Test
  void everyConnectionIsTold() throws Exception {
    try (Mosquitto mosquitto = new Mosquitto();
        Broker _ = new Broker(environment(mosquitto), Broker.Patience.USUAL, events::add)) {
      assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo(new Broker.Event.Connected());

      mosquitto.stop();
      mosquitto.start();

      assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo(new Broker.Event.Connected());
    }
  }

  private void assertGivenUp(Mosquitto broker) throws InterruptedException {
    assertThat(events.poll(30, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            Broker.Event.GivenUp.class,
            end ->
                assertThat(end.reason())
                    .contains("127.0.0.1:" + broker.port())
                    .contains("Check MQTT_HOST"));
  }

  private Broker broker(Mosquitto mosquitto) {
    return new Broker(environment(mosquitto), SHORT, events::add);
  }

  private static Environment environment(Mosquitto mosquitto) {
    return Environment.of(TinyOrchestrator.environment(mosquitto, "model-1"));
  }
}
