package dev.tutti.models;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Health;
import dev.tutti.core.bus.Bus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A bus without a broker: keeps what is published, and delivers what a test gives it. */
final class RecordingBus implements Bus {

  @SuppressWarnings("ArrayRecordComponent") // compared by content below
  record Published(String topic, byte[] payload) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Published(String t, byte[] p)
          && t.equals(topic)
          && java.util.Arrays.equals(p, payload);
    }

    @Override
    public int hashCode() {
      return topic.hashCode();
    }
  }

  private final List<Published> published = new CopyOnWriteArrayList<>();
  private final Map<String, Receiver> receivers = new ConcurrentHashMap<>();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private volatile boolean away;

  void away(boolean now) {
    away = now;
  }

  @Override
  public void publish(String topic, byte[] payload) {
    if (away) {
      throw new Failure.Unavailable("no broker");
    }
    published.add(new Published(topic, payload));
  }

  @Override
  public void publishRetained(String topic, byte[] payload) {
    throw new UnsupportedOperationException("nothing here is retained: " + topic);
  }

  @Override
  public void subscribe(List<String> filters, Receiver receiver) {
    filters.forEach(filter -> receivers.put(filter, receiver));
  }

  List<String> filters() {
    return receivers.keySet().stream().sorted().toList();
  }

  void deliver(String topic, byte[] payload) {
    receivers
        .values()
        .iterator()
        .next()
        .received(
            new Arrival() {
              @Override
              public String topic() {
                return topic;
              }

              @Override
              public byte[] payload() {
                return payload;
              }

              @Override
              public void acknowledge() {
                acknowledged.incrementAndGet();
              }
            });
  }

  int acknowledged() {
    return acknowledged.get();
  }

  List<Published> published() {
    return published;
  }

  /** Topics below {@code /lifecycle/}, in order. */
  List<String> lifecycle() {
    return published.stream()
        .map(Published::topic)
        .filter(topic -> topic.startsWith("/lifecycle/"))
        .toList();
  }

  long count(String lastSegment) {
    return published.stream().filter(p -> p.topic().endsWith("/" + lastSegment)).count();
  }

  @Override
  public Health health() {
    return away ? Health.bad("away") : Health.good();
  }

  @Override
  public long reconnects() {
    return 0;
  }

  @Override
  public void close() {}
}
