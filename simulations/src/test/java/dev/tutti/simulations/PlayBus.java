package dev.tutti.simulations;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Health;
import dev.tutti.core.bus.Bus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A bus without a broker. Keeps what the orchestrator publishes and hands it to the others;
 * delivers what they say, again to the next process if it can be acknowledged and was not.
 */
final class PlayBus implements Bus {

  @SuppressWarnings("ArrayRecordComponent") // read, never compared
  record Said(String topic, byte[] payload) {}

  private record Listening(String filter, Receiver receiver) {}

  final List<Said> published = new CopyOnWriteArrayList<>();
  private final List<Listening> listening = new CopyOnWriteArrayList<>();
  private final Map<Long, Said> unacknowledged = new ConcurrentSkipListMap<>();
  private final AtomicLong deliveries = new AtomicLong();
  private final Consumer<Said> others;
  private volatile Fuse fuse = new Fuse(0);
  private volatile boolean away;

  PlayBus(Consumer<Said> others) {
    this.others = others;
  }

  /** A new process connects; what it subscribes to begins with {@link #redeliver}. */
  void reconnected(Fuse next) {
    listening.clear();
    fuse = next;
  }

  void redeliver() {
    List<Said> again = List.copyOf(unacknowledged.values());
    unacknowledged.clear();
    again.forEach(said -> deliver(said.topic(), said.payload(), true));
  }

  void away(boolean now) {
    away = now;
  }

  @Override
  public void publish(String topic, byte[] payload) {
    if (away) {
      throw new Failure.Unavailable("no broker");
    }
    fuse.through(() -> {
      Said said = new Said(topic, payload);
      published.add(said);
      others.accept(said);
    });
  }

  @Override
  public void publishAll(List<Outgoing> messages) {
    for (int i = 0; i < messages.size(); i++) {
      try {
        publish(messages.get(i).topic(), messages.get(i).payload());
      } catch (Failure.Unavailable lost) {
        if (i == 0) {
          throw lost;
        }
        throw new Failure.OutcomeUnknown("%d of %d are sent".formatted(i, messages.size()), lost);
      }
    }
  }

  @Override
  public void publishRetained(String topic, byte[] payload) {
    throw new UnsupportedOperationException("nothing here is retained: " + topic);
  }

  @Override
  public void subscribe(List<String> filters, Receiver receiver) {
    filters.forEach(filter -> listening.add(new Listening(filter, receiver)));
  }

  List<String> filters() {
    return listening.stream().map(Listening::filter).toList();
  }

  /**
   * @param kept whether it is delivered again if it is not acknowledged (QoS 1)
   */
  void deliver(String topic, byte[] payload, boolean kept) {
    long number = deliveries.incrementAndGet();
    if (kept) {
      unacknowledged.put(number, new Said(topic, payload));
    }
    if (fuse.blown()) {
      return;
    }
    listening.stream()
        .filter(l -> matches(l.filter(), topic))
        .findFirst()
        .ifPresent(l ->
            l.receiver()
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
                        if (!fuse.blown()) {
                          unacknowledged.remove(number);
                        }
                      }
                    }));
  }

  private static boolean matches(String filter, String topic) {
    String[] levels = filter.split("/", -1);
    String[] segments = topic.split("/", -1);
    if (levels.length != segments.length) {
      return false;
    }
    for (int i = 0; i < levels.length; i++) {
      if (!levels[i].equals("+") && !levels[i].equals(segments[i])) {
        return false;
      }
    }
    return true;
  }

  List<String> topics() {
    return published.stream().map(Said::topic).toList();
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
