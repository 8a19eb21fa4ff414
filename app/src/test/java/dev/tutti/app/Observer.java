package dev.tutti.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * A simulator's ear that comes back: it keeps its session and connects again whenever the broker is
 * there again. None of our own code is in it.
 */
final class Observer implements AutoCloseable {

  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(8);

  /** One notice, in the order of arrival. */
  record Notice(String topic, String hex) {

    String last() {
      return topic.substring(topic.lastIndexOf('/') + 1);
    }
  }

  private final Mqtt3AsyncClient client;
  private final List<Notice> heard = new ArrayList<>();
  private volatile boolean closed;

  Observer(int port, String user, String password) {
    client =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier("observer-" + UUID.randomUUID())
            .serverHost("127.0.0.1")
            .serverPort(port)
            .simpleAuth()
            .username(user)
            .password(password.getBytes(UTF_8))
            .applySimpleAuth()
            .automaticReconnect()
            .initialDelay(50, TimeUnit.MILLISECONDS)
            .maxDelay(200, TimeUnit.MILLISECONDS)
            .applyAutomaticReconnect()
            .addDisconnectedListener(context -> {
              if (closed) {
                context.getReconnector().reconnect(false);
              }
            })
            .addConnectedListener(_ -> {
              var _ = subscribe();
            })
            .buildAsync();
    client.publishes(MqttGlobalPublishFilter.ALL, this::arrived);
    client.connectWith().cleanSession(false).keepAlive(10).send().join();
    subscribe().orTimeout(ANSWERS_WITHIN.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** A broker that forgets its sessions has to be told after every connection. */
  private CompletableFuture<?> subscribe() {
    return client.subscribeWith().topicFilter("/lifecycle/mso/#").qos(MqttQos.AT_LEAST_ONCE).send();
  }

  private void arrived(Mqtt3Publish message) {
    synchronized (heard) {
      heard.add(
          new Notice(
              message.getTopic().toString(),
              HexFormat.of().formatHex(message.getPayloadAsBytes())));
      heard.notifyAll();
    }
  }

  /** Publishes at QoS 1 until the broker has acknowledged it. */
  void publish(String topic, byte[] payload) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (true) {
      try {
        var _ =
            client
                .publishWith()
                .topic(topic)
                .payload(payload)
                .qos(MqttQos.AT_LEAST_ONCE)
                .send()
                .get(ANSWERS_WITHIN.toSeconds(), TimeUnit.SECONDS);
        return;
      } catch (ExecutionException | TimeoutException away) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("the broker takes nothing: " + away, away);
        }
        Thread.sleep(Duration.ofMillis(200));
      }
    }
  }

  /** Notices of one simulation so far. */
  List<Notice> of(String simulation) {
    synchronized (heard) {
      return heard.stream().filter(n -> n.topic().contains("/" + simulation + "/")).toList();
    }
  }

  /** Waits for a notice; false when it does not come. */
  boolean await(Duration atMost, Predicate<Notice> which) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    synchronized (heard) {
      while (heard.stream().noneMatch(which)) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          return false;
        }
        heard.wait(left);
      }
      return true;
    }
  }

  /** Forgets what it heard, so that an hour of it needs no memory. */
  void forget() {
    synchronized (heard) {
      heard.clear();
    }
  }

  /** Without a broker there is nobody to take leave of. */
  @Override
  public void close() {
    closed = true;
    if (client.getState().isConnected()) {
      client.disconnect().orTimeout(ANSWERS_WITHIN.toSeconds(), TimeUnit.SECONDS).join();
    }
  }
}
