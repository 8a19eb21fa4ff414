package dev.tutti.broker;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient.Mqtt3Publishes;
import java.nio.charset.StandardCharsets;

/** A client of MQTT 3.1.1 with few words. */
final class Three implements AutoCloseable {
  private final Mqtt3BlockingClient client;

  private Three(Mqtt3BlockingClient client) {
    this.client = client;
  }

  static Three connect(EmbeddedBroker broker) {
    Mqtt3BlockingClient client =
        MqttClient.builder()
            .useMqttVersion3()
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .simpleAuth()
            .username(broker.account().user())
            .password(broker.account().password().getBytes(StandardCharsets.UTF_8))
            .applySimpleAuth()
            .buildBlocking();
    client.connect();
    return new Three(client);
  }

  Mqtt3Publishes subscribe(String filter, MqttQos qos) {
    Mqtt3Publishes inbox = client.publishes(MqttGlobalPublishFilter.ALL);
    client.subscribeWith().topicFilter(filter).qos(qos).send();
    return inbox;
  }

  void subscribeMore(String filter) {
    client.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send();
  }

  void publish(String topic, MqttQos qos, String payload, boolean retained) {
    publish(topic, qos, payload.getBytes(StandardCharsets.UTF_8), retained);
  }

  void publish(String topic, MqttQos qos, byte[] payload, boolean retained) {
    client.publishWith().topic(topic).qos(qos).payload(payload).retain(retained).send();
  }

  @Override
  public void close() {
    if (client.getState().isConnected()) {
      client.disconnect();
    }
  }
}
