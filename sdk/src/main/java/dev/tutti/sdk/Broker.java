package dev.tutti.sdk;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscribe;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The connection of a model to the broker. It is made again whenever it breaks, until the broker
 * was away for too long. Each time it stands, {@link Event.Connected} tells that there is to
 * subscribe anew: the session does not outlive it. What is published meanwhile waits for {@link
 * #resume}. What was on its way when it broke is not sent again: nobody knows whether it arrived,
 * and for who counts messages a second one is worse than none.
 */
final class Broker implements AutoCloseable {
  private static final Duration GOODBYE_WITHIN = Duration.ofSeconds(5);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
  private static final int FILTERS_AT_ONCE = 200;

  private final Patience patience;
  private final Consumer<Event> inbox;
  private final Mqtt3AsyncClient client;
  private final Map<Long, CompletableFuture<?>> unanswered = new ConcurrentHashMap<>();
  private final AtomicLong published = new AtomicLong();
  private final ReentrantLock sending = new ReentrantLock();

  /**
   * Guarded by {@link #sending}. Unbounded, but never long: while the connection is away no step
   * begins, so it holds the results of one.
   */
  private final Queue<Held> held = new ArrayDeque<>();

  // Guarded by sending.
  private boolean sends;
  private volatile boolean everConnected;
  private volatile long awaySince = System.nanoTime();

  /**
   * How long a broker may be away.
   *
   * @param first until the first connection
   * @param again until another one, after one broke
   */
  record Patience(Duration first, Duration again) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(60), Duration.ofMinutes(10));
  }

  /** A message that waits for a connection. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Held(String topic, byte[] payload, MqttQos qos) {}

  /** What happens on a connection. */
  sealed interface Event {
    /** It stands, for the first time or again. */
    record Connected() implements Event {}

    /** A message came. */
    @SuppressWarnings("ArrayRecordComponent")
    record Arrived(String topic, byte[] payload) implements Event {}

    /** There will be no connection any more. */
    record GivenUp(String reason) implements Event {}
  }

  /** Begins to connect; what becomes of it is told to the inbox, from other threads. */
  Broker(Environment environment, Patience patience, Consumer<Event> inbox) {
    this.patience = patience;
    this.inbox = inbox;
    Mqtt3ClientBuilder builder =
        MqttClient.builder()
            .useMqttVersion3()
            .executorConfig()
            .nettyThreads(1)
            .applyExecutorConfig()
            .serverHost(environment.mqttHost())
            .serverPort(environment.mqttPort())
            .addConnectedListener(_ -> connected())
            .addDisconnectedListener(context -> disconnected(environment, context));
    if (!environment.mqttUsername().isEmpty()) {
      builder =
          builder
              .simpleAuth()
              .username(environment.mqttUsername())
              .password(environment.mqttPassword().getBytes(StandardCharsets.UTF_8))
              .applySimpleAuth();
    }
    client = builder.buildAsync();
    client.publishes(
        MqttGlobalPublishFilter.ALL,
        message ->
            inbox.accept(
                new Event.Arrived(message.getTopic().toString(), message.getPayloadAsBytes())));
    var _ = client.connectWith().cleanSession(true).keepAlive(60).send();
  }

  /** Returns when the broker has confirmed all filters. */
  void subscribe(List<String> filters) throws InterruptedException {
    for (int from = 0; from < filters.size(); from += FILTERS_AT_ONCE) {
      List<Mqtt3Subscription> some = new ArrayList<>();
      filters
          .subList(from, Math.min(filters.size(), from + FILTERS_AT_ONCE))
          .forEach(filter ->
              some.add(
                  Mqtt3Subscription.builder()
                      .topicFilter(filter)
                      .qos(MqttQos.AT_LEAST_ONCE)
                      .build()));
      try {
        var _ =
            client
                .subscribe(Mqtt3Subscribe.builder().addSubscriptions(some.stream()).build())
                .get(patience.again().toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException failed) {
        throw new IllegalStateException(
            "the broker did not accept the subscription to %s and %d more"
                .formatted(filters.get(from), some.size() - 1),
            failed);
      }
    }
  }

  /** Publishing may begin, or go on, with what has waited. */
  void resume() {
    sending.lock();
    try {
      sends = client.getState().isConnected();
      while (sends && !held.isEmpty()) {
        send(held.remove());
      }
    } finally {
      sending.unlock();
    }
  }

  /** Sends, acknowledged by the broker, now or after {@link #resume}, in order. */
  void publish(String topic, byte[] payload) {
    publish(new Held(topic, payload, MqttQos.AT_LEAST_ONCE));
  }

  /** Sends what must never come twice, rather not at all, in order with everything else. */
  void publishOnce(String topic, byte[] payload) {
    publish(new Held(topic, payload, MqttQos.AT_MOST_ONCE));
  }

  private void publish(Held message) {
    sending.lock();
    try {
      if (sends) {
        send(message);
      } else {
        held.add(message);
      }
    } finally {
      sending.unlock();
    }
  }

  private void send(Held message) {
    CompletableFuture<?> answer =
        client
            .publishWith()
            .topic(message.topic())
            .qos(message.qos())
            .payload(message.payload())
            .send();
    long number = published.incrementAndGet();
    unanswered.put(number, answer);
    var _ = answer.whenComplete((_, _) -> unanswered.remove(number));
  }

  /** Waits a moment for what was published and not yet acknowledged, and leaves. */
  @Override
  public void close() {
    resume();
    wait(CompletableFuture.allOf(unanswered.values().toArray(CompletableFuture<?>[]::new)));
    if (client.getState().isConnectedOrReconnect()) {
      wait(client.disconnect());
    }
  }

  private static void wait(CompletableFuture<?> answer) {
    try {
      var _ = answer.get(GOODBYE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException _) {
      // Who leaves cannot do more about it.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void connected() {
    everConnected = true;
    inbox.accept(new Event.Connected());
  }

  private void disconnected(Environment environment, MqttClientDisconnectedContext context) {
    if (context.getSource() == MqttDisconnectSource.USER) {
      return;
    }
    hold();
    int attempts = context.getReconnector().getAttempts();
    if (attempts == 0) {
      awaySince = System.nanoTime();
    }
    Duration limit = everConnected ? patience.again() : patience.first();
    boolean refused = !everConnected && context.getCause() instanceof Mqtt3ConnAckException;
    if (refused || System.nanoTime() - awaySince > limit.toNanos()) {
      inbox.accept(
          new Event.GivenUp(
              "No connection to the MQTT broker at %s:%d: %s. Check MQTT_HOST, MQTT_PORT, MQTT_USERNAME and MQTT_PASSWORD."
                  .formatted(
                      environment.mqttHost(),
                      environment.mqttPort(),
                      context.getCause().getMessage())));
      return;
    }
    context.getReconnector().reconnect(true).delay(pause(attempts), TimeUnit.MILLISECONDS);
  }

  private void hold() {
    sending.lock();
    try {
      sends = false;
    } finally {
      sending.unlock();
    }
  }

  /** Doubling, with jitter, so that not all models of a simulation return at the same moment. */
  private static long pause(int attempts) {
    long doubled = SHORTEST_PAUSE.toMillis() << Math.min(attempts, 10);
    long capped = Math.min(doubled, LONGEST_PAUSE.toMillis());
    return capped / 2 + ThreadLocalRandom.current().nextLong(capped / 2 + 1);
  }
}
