package dev.tutti.models.simulated;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Health;
import dev.tutti.core.bus.Bus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A broker that keeps the orchestrator's session. What was sent at QoS 1 is delivered until it is
 * acknowledged; what was sent at QoS 0 is lost when nobody is there to take it.
 */
final class Broker {

  private static final class Waiting {
    private final String topic;
    private final byte[] payload;
    private boolean delivered;

    Waiting(String topic, byte[] payload) {
      this.topic = topic;
      this.payload = payload;
    }
  }

  private final Surroundings world;
  private final Oracle oracle;
  private final List<Waiting> session = new ArrayList<>();
  private Optional<Line> line = Optional.empty();
  private boolean away;
  private boolean delivering;

  Broker(Surroundings world, Oracle oracle) {
    this.world = world;
    this.oracle = oracle;
  }

  /** A new process connects. */
  Bus connect(Danger danger) {
    Line next = new Line(danger);
    line = Optional.of(next);
    reconnect();
    return next;
  }

  /** The process or its connection is gone. */
  void disconnect() {
    line = Optional.empty();
    delivering = false;
  }

  void away(boolean now) {
    if (away && !now) {
      reconnect();
    }
    away = now;
  }

  boolean isAway() {
    return away;
  }

  /** The connection is made again: what was not acknowledged is delivered again. */
  void reconnect() {
    session.forEach(message -> message.delivered = false);
    line.ifPresent(l -> l.connected.forEach(Runnable::run));
  }

  /** Somebody sends at QoS 1. */
  void send(String topic, byte[] payload) {
    session.add(new Waiting(topic, payload));
    if (world.dice().happens(world.faults().repeatedMessage())) {
      session.add(new Waiting(topic, payload));
    }
  }

  /** Somebody sends at QoS 0. */
  void sendOnce(String topic, byte[] payload) {
    boolean lost = away || line.isEmpty() || world.dice().happens(world.faults().lostMessage());
    if (!lost) {
      send(topic, payload);
    }
  }

  /** Delivers one message, not always the first. Deliveries come one after another. */
  boolean deliver() {
    if (delivering || away || line.isEmpty() || !line.get().isSubscribed()) {
      return false;
    }
    List<Waiting> due = session.stream().filter(message -> !message.delivered).toList();
    if (due.isEmpty()) {
      return false;
    }
    Waiting message = world.dice().happens(0.7) ? due.getFirst() : world.dice().oneOf(due);
    world.trace().add("deliver " + message.topic);
    message.delivered = true;
    oracle.delivered(message.topic);
    if (world.flaw() == Flaw.ACKNOWLEDGED_BEFORE_COMMIT) {
      take(message);
    }
    delivering = true;
    line.get().receive(message);
    delivering = false;
    return true;
  }

  private void take(Waiting message) {
    if (session.remove(message)) {
      oracle.acknowledged(message.topic, message.payload);
    }
  }

  int unacknowledged() {
    return session.size();
  }

  /** The connection of one process. */
  private final class Line implements Bus {

    private final Danger danger;
    private final List<Runnable> connected = new ArrayList<>();
    private Optional<Receiver> receiver = Optional.empty();

    Line(Danger danger) {
      this.danger = danger;
    }

    boolean isSubscribed() {
      return receiver.isPresent();
    }

    @Override
    public void publish(String topic, byte[] payload) {
      requireThere();
      danger.at("before publish");
      requireThere();
      if (world.dice().happens(world.faults().unknown())) {
        boolean arrives = world.dice().happens(0.5);
        world.trace().add("publish, unanswered: " + topic + (arrives ? "" : " (lost)"));
        if (arrives) {
          oracle.published(topic, payload);
        }
        oracle.unanswered(topic, payload, arrives);
        throw new Failure.OutcomeUnknown("the broker did not answer");
      }
      world.trace().add("publish " + topic);
      oracle.published(topic, payload);
      if (world.flaw() == Flaw.LANE_EXECUTES_TWICE) {
        oracle.published(topic, payload);
      }
      danger.at("after publish");
    }

    private void requireThere() {
      if (away) {
        throw new Failure.Unavailable("the broker is away");
      }
    }

    @Override
    public void onConnected(Runnable listener) {
      connected.add(listener);
    }

    @Override
    public void publishRetained(String topic, byte[] payload) {
      throw new UnsupportedOperationException("nothing here is retained: " + topic);
    }

    @Override
    public void subscribe(List<String> filters, Receiver to) {
      receiver = Optional.of(to);
    }

    void receive(Waiting message) {
      receiver
          .orElseThrow()
          .received(
              new Arrival() {
                @Override
                public String topic() {
                  return message.topic;
                }

                @Override
                public byte[] payload() {
                  return message.payload;
                }

                @Override
                public void acknowledge() {
                  if (line.filter(Line.this::equals).isPresent() && !away) {
                    take(message);
                  }
                }
              });
    }

    @Override
    public Health health() {
      return away ? Health.bad("the broker is away") : Health.good();
    }

    @Override
    public long reconnects() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
