package dev.tutti.benchmarks;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Answers each message with another one at once, at QoS 0 and by one connection: the fastest models
 * that there can be. Also the other side of the bare loop.
 */
final class FastModels implements AutoCloseable {

  /** A message to answer with. */
  @SuppressWarnings("ArrayRecordComponent") // sent, never compared
  record Out(String topic, byte[] payload) {}

  private final Mqtt3AsyncClient client;

  /**
   * @param answer what to answer to a topic; all of it, in order
   */
  FastModels(int port, List<String> filters, Function<String, List<Out>> answer) throws Exception {
    client = connected(port);
    for (String filter : filters) {
      var _ =
          client
              .subscribeWith()
              .topicFilter(filter)
              .qos(MqttQos.AT_MOST_ONCE)
              .callback(message -> answer.apply(message.getTopic().toString()).forEach(this::say))
              .send()
              .get(10, TimeUnit.SECONDS);
    }
  }

  static Mqtt3AsyncClient connected(int port) throws Exception {
    Mqtt3AsyncClient client =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier("bench-" + UUID.randomUUID())
            .serverHost("127.0.0.1")
            .serverPort(port)
            .simpleAuth()
            .username(MeasuredBroker.USER)
            .password(MeasuredBroker.PASSWORD.getBytes(StandardCharsets.US_ASCII))
            .applySimpleAuth()
            .buildAsync();
    var _ = client.connect().get(10, TimeUnit.SECONDS);
    return client;
  }

  void say(Out out) {
    var _ = client.publish(message(out));
  }

  static Mqtt3Publish message(Out out) {
    return Mqtt3Publish.builder()
        .topic(out.topic())
        .payload(out.payload())
        .qos(MqttQos.AT_MOST_ONCE)
        .build();
  }

  /** Does not wait for the goodbye: the broker ends soon after. */
  @Override
  public void close() {
    var _ = client.disconnect();
  }
}
