package dev.tutti.simulations;

import dev.tutti.core.backplane.Health;
import dev.tutti.core.bus.Bus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A bus without a broker: keeps the topics that were published, says what a test lets peers say.
 */
final class PeerBus implements Bus {

  private final List<String> topics = new CopyOnWriteArrayList<>();
  private final Map<String, Receiver> receivers = new ConcurrentHashMap<>();

  /** A peer says something. */
  void say(String topic, byte[] payload) {
    receivers.forEach((filter, receiver) -> {
      if (matches(filter.split("/", -1), topic.split("/", -1))) {
        receiver.received(new Said(topic, payload));
      }
    });
  }

  List<String> topics() {
    return topics;
  }

  @Override
  public void publish(String topic, byte[] payload) {
    topics.add(topic);
  }

  @Override
  public void publishAll(List<Outgoing> messages) {
    messages.forEach(message -> publish(message.topic(), message.payload()));
  }

  @Override
  public void publishRetained(String topic, byte[] payload) {
    throw new UnsupportedOperationException("nothing here is retained: " + topic);
  }

  @Override
  public void subscribe(List<String> filters, Receiver receiver) {
    filters.forEach(filter -> receivers.put(filter, receiver));
  }

  @Override
  public Health health() {
    return Health.good();
  }

  @Override
  public long reconnects() {
    return 0;
  }

  @Override
  public void close() {}

  private static boolean matches(String[] filter, String[] topic) {
    if (filter.length != topic.length) {
      return false;
    }
    for (int i = 0; i < filter.length; i++) {
      if (!filter[i].equals("+") && !filter[i].equals(topic[i])) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  private record Said(String topic, byte[] payload) implements Arrival {
    @Override
    public void acknowledge() {}
  }
}
