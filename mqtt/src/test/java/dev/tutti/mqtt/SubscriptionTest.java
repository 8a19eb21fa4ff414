package dev.tutti.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SubscriptionTest {
  @Test
  void aFloodThatCannotBeAcknowledgedIsBounded() {
    MqttSettings settings = MqttSettings.of("h", 1, "u", "p", "c").withLimits(100, 1_000, 50_000);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger received = new AtomicInteger();
    Subscription subscription =
        new Subscription(
            Filters.of(List.of("#")),
            _ -> {
              try {
                release.await();
              } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
              }
              received.incrementAndGet();
            },
            settings,
            "flooded");
    subscription.start();
    for (int i = 0; i < 10_000; i++) {
      subscription.arrived(new Arrived(message(MqttQos.AT_MOST_ONCE)));
    }
    assertThat(subscription.dropped()).isEqualTo(10_000 - 500);
    subscription.arrived(new Arrived(message(MqttQos.AT_LEAST_ONCE)));
    assertThat(subscription.dropped()).isEqualTo(10_000 - 500);
    release.countDown();
    await().until(() -> received.get() == 501);
    subscription.close();
  }

  private static Mqtt3Publish message(MqttQos qos) {
    return Mqtt3Publish.builder().topic("/x").qos(qos).payload(new byte[100]).build();
  }
}
