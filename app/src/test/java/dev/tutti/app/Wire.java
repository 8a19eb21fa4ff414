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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** A plain MQTT client, none of ours, that records everything that passes on a broker. */
final class Wire implements AutoCloseable {

  private static final int LONGEST_KEPT = 16_384;
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);

  /**
   * A message as it arrived.
   *
   * @param hex the payload; of a large one only its beginning
   */
  record Heard(String topic, String hex, boolean retained) {

    String last() {
      return topic.substring(topic.lastIndexOf('/') + 1);
    }

    String text() {
      return new String(HexFormat.of().parseHex(hex), UTF_8);
    }

    boolean on(String... segments) {
      return topic.equals("/" + String.join("/", segments));
    }
  }

  private final Mqtt3AsyncClient client;
  private final List<Heard> heard = new ArrayList<>();

  private Wire(Mqtt3AsyncClient client) {
    this.client = client;
  }

  static Wire on(MessageBroker broker) throws Exception {
    return on(broker.port(), broker.username(), broker.password());
  }

  /** Connects and listens to everything; returns when the broker has confirmed. */
  static Wire on(int port, String user, String password) throws Exception {
    Mqtt3AsyncClient client =
        MqttClient.builder()
            .useMqttVersion3()
            .serverHost("127.0.0.1")
            .serverPort(port)
            .simpleAuth()
            .username(user)
            .password(password.getBytes(UTF_8))
            .applySimpleAuth()
            .buildAsync();
    Wire wire = new Wire(client);
    client.publishes(MqttGlobalPublishFilter.ALL, wire::arrived);
    await(client.connectWith().cleanSession(true).send());
    await(client.subscribeWith().topicFilter("#").qos(MqttQos.AT_LEAST_ONCE).send());
    return wire;
  }

  private static void await(CompletableFuture<?> answer)
      throws InterruptedException, ExecutionException, TimeoutException {
    var _ = answer.get(ANSWERS_WITHIN.toSeconds(), TimeUnit.SECONDS);
  }

  private void arrived(Mqtt3Publish message) {
    byte[] payload = message.getPayloadAsBytes();
    int kept = Math.min(payload.length, LONGEST_KEPT);
    Heard one =
        new Heard(
            message.getTopic().toString(),
            HexFormat.of().formatHex(payload, 0, kept),
            message.isRetain());
    synchronized (heard) {
      heard.add(one);
      heard.notifyAll();
    }
  }

  /** Publishes as the originals do: QoS 0, not retained. */
  void publish(String topic, byte[] payload) throws Exception {
    publish(topic, payload, MqttQos.AT_MOST_ONCE);
  }

  void publish(String topic, byte[] payload, MqttQos qos) throws Exception {
    await(client.publishWith().topic(topic).payload(payload).qos(qos).send());
  }

  /** Everything so far. */
  List<Heard> heard() {
    synchronized (heard) {
      return List.copyOf(heard);
    }
  }

  List<Heard> heard(Predicate<Heard> which) {
    return heard().stream().filter(which).toList();
  }

  /** What orchestrator and models said about one simulation, without our additions. */
  List<Heard> lifecycle(String simulation) {
    return heard(h ->
        h.topic().startsWith("/lifecycle/")
            && h.topic().contains("/" + simulation + "/")
            && !h.last().equals("DeployModels"));
  }

  /** T4 and T5 of one simulation, in their order: {@code 1-model 08011001}, {@code all}. */
  List<String> ends(String simulator, String simulation) {
    List<String> ends = new ArrayList<>();
    String prefix = "/lifecycle/mso/" + simulator + "/" + simulation + "/";
    for (Heard one : heard(h -> h.topic().startsWith(prefix))) {
      String rest = one.topic().substring(prefix.length());
      if (rest.equals("AllModelsHaveTerminated")) {
        ends.add("all");
      } else if (rest.endsWith("/ModelHasTerminated")) {
        ends.add(rest.substring(0, rest.indexOf('/')) + " " + one.hex());
      }
    }
    return ends;
  }

  Heard await(Duration atMost, Predicate<Heard> which) throws InterruptedException {
    await(atMost, 1, which);
    return heard(which).getFirst();
  }

  /** Waits until so many messages of a kind have been heard. */
  void await(Duration atMost, int count, Predicate<Heard> which) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    synchronized (heard) {
      int from = 0;
      int found = 0;
      while (found < count) {
        for (; from < heard.size(); from++) {
          found += which.test(heard.get(from)) ? 1 : 0;
        }
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (found < count && left <= 0) {
          List<Heard> last = heard.subList(Math.max(0, heard.size() - 40), heard.size());
          throw new AssertionError("only %d of %d came; last: %s".formatted(found, count, last));
        }
        if (found < count) {
          heard.wait(left);
        }
      }
    }
  }

  /** Waits for T5 of a simulation. */
  void awaitAll(String simulator, String simulation) throws InterruptedException {
    awaitAll(simulator, simulation, 1);
  }

  void awaitAll(String simulator, String simulation, int times) throws InterruptedException {
    await(
        Duration.ofSeconds(30),
        times,
        h -> h.on("lifecycle", "mso", simulator, simulation, "AllModelsHaveTerminated"));
  }

  @Override
  public void close() {
    client.disconnect().orTimeout(ANSWERS_WITHIN.toSeconds(), TimeUnit.SECONDS).join();
  }
}
