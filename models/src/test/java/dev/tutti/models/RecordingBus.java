package dev.tutti.models;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Health;
import dev.tutti.core.bus.Bus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

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
  private final Map<Long, Published> unacknowledged = new ConcurrentSkipListMap<>();
  private final AtomicLong deliveries = new AtomicLong();
  private volatile Fuse fuse = new Fuse(0);
  private volatile boolean away;
  private final AtomicInteger redelivered = new AtomicInteger();

  /** A new process connects: what the last one did not acknowledge is delivered again. */
  void reconnected(Fuse next) {
    fuse = next;
    receivers.clear();
  }

  void redeliver() {
    List<Published> again = List.copyOf(unacknowledged.values());
    unacknowledged.clear();
    redelivered.addAndGet(again.size());
    again.forEach(p -> deliver(p.topic(), p.payload()));
  }

  void away(boolean now) {
    away = now;
  }

  @Override
  public void publish(String topic, byte[] payload) {
    if (away) {
      throw new Failure.Unavailable("no broker");
    }
    fuse.through(() -> published.add(new Published(topic, payload)));
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
    long number = deliveries.incrementAndGet();
    unacknowledged.put(number, new Published(topic, payload));
    if (receivers.isEmpty() || fuse.blown()) {
      return;
    }
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
                if (!fuse.blown() && unacknowledged.remove(number) != null) {
                  acknowledged.incrementAndGet();
                }
              }
            });
  }

  int acknowledged() {
    return acknowledged.get();
  }

  /** How many messages were delivered again to a later process. */
  int redelivered() {
    return redelivered.get();
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
