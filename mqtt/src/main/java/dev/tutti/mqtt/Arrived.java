package dev.tutti.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import dev.tutti.core.bus.Bus;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A message from the broker, acknowledged at most once and on the connection it came by. */
final class Arrived implements Bus.Arrival {
  private final Mqtt3Publish message;
  private final byte[] payload;
  private final AtomicBoolean acknowledged;

  Arrived(Mqtt3Publish message) {
    this.message = message;
    this.payload = message.getPayloadAsBytes();
    this.acknowledged = new AtomicBoolean(!acknowledgeable());
  }

  boolean acknowledgeable() {
    return message.getQos() != MqttQos.AT_MOST_ONCE;
  }

  @Override
  public String topic() {
    return message.getTopic().toString();
  }

  @Override
  public byte[] payload() {
    return payload;
  }

  @Override
  public void acknowledge() {
    if (acknowledged.compareAndSet(false, true)) {
      try {
        message.acknowledge();
      } catch (RejectedExecutionException _) {
        // Its connection is gone, and with it what there was to acknowledge.
      }
    }
  }
}
