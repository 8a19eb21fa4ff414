package dev.tutti.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopic;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.backplane.Health;
import dev.tutti.core.bus.Bus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bus over MQTT 3.1.1. A thread of its own connects, and connects again. */
public final class MqttBus implements Bus {
  private static final Logger LOG = LoggerFactory.getLogger(MqttBus.class);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

  /** So many short connections in a row, each ended by the broker, are no accident. */
  private static final int SUSPICIOUS = 3;

  private final MqttSettings settings;
  private final Pauses pauses;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private final List<Runnable> connectedActions = new CopyOnWriteArrayList<>();
  private final AtomicInteger subscriptionNumber = new AtomicInteger();
  private final AtomicLong connections = new AtomicLong();
  private final Thread thread;

  /** Held while subscriptions are made, so that none falls between two connections. */
  private final ReentrantLock subscribing = new ReentrantLock();

  private volatile @Nullable Connection connection;
  private volatile Health health;
  private volatile boolean closed;

  private MqttBus(MqttSettings settings) {
    this.settings = settings;
    this.pauses = new Pauses(settings.shortestPause(), settings.longestPause());
    this.health = Health.bad("Connecting to the MQTT broker at %s.".formatted(settings.address()));
    this.thread =
        Thread.ofVirtual().name("mqtt-" + settings.clientId()).unstarted(this::keepConnected);
  }

  /** Starts to connect and returns at once: {@link #health} says how it goes. */
  public static MqttBus connect(MqttSettings settings) {
    MqttBus bus = prepare(settings);
    bus.connect();
    return bus;
  }

  /**
   * A bus that does not connect before {@link #connect()}: with a lasting session the broker
   * delivers at once, so who does not want to miss that subscribes first.
   */
  public static MqttBus prepare(MqttSettings settings) {
    return new MqttBus(settings);
  }

  /** Starts to connect and returns at once. To be called once. */
  public void connect() {
    thread.start();
  }

  private static void start(Runnable action) {
    Thread.ofVirtual().name("mqtt-connected").start(action);
  }

  /**
   * {@inheritDoc}
   *
   * @throws Failure.OutcomeUnknown when the broker did not acknowledge it in time or the connection
   *     broke meanwhile
   * @throws Failure.Rejected when the payload is too large
   */
  @Override
  public void publish(String topic, byte[] payload) {
    publish(topic, payload, false);
  }

  @Override
  public void publishRetained(String topic, byte[] payload) {
    publish(topic, payload, true);
  }

  /**
   * {@inheritDoc}
   *
   * @throws Failure.Rejected when a payload is too large; none is sent then
   */
  @Override
  public void publishAll(List<Outgoing> messages) {
    publishAll(messages, MqttQos.AT_LEAST_ONCE);
  }

  /**
   * {@inheritDoc}
   *
   * @throws Failure.Rejected when a payload is too large; none is sent then
   */
  @Override
  public void publishAtMostOnce(List<Outgoing> messages) {
    publishAll(messages, MqttQos.AT_MOST_ONCE);
  }

  private void publishAll(List<Outgoing> messages, MqttQos qos) {
    if (messages.isEmpty()) {
      return;
    }
    List<Mqtt3Publish> checked = new ArrayList<>(messages.size());
    messages.forEach(m -> checked.add(message(m.topic(), m.payload(), qos, false)));
    connected().publish(checked);
  }

  private void publish(String topic, byte[] payload, boolean retained) {
    Mqtt3Publish message = message(topic, payload, MqttQos.AT_LEAST_ONCE, retained);
    connected().publish(List.of(message));
  }

  private Mqtt3Publish message(String topic, byte[] payload, MqttQos qos, boolean retained) {
    if (payload.length > settings.maximumPayload()) {
      throw new Failure.Rejected(
          Problem.of(
                  "payload-too-large",
                  413,
                  "The message on '%s' has %d bytes.".formatted(topic, payload.length))
              .suggesting("At most %d are sent.".formatted(settings.maximumPayload())));
    }
    return Mqtt3Publish.builder()
        .topic(MqttTopic.of(topic))
        .payload(payload)
        .qos(qos)
        .retain(retained)
        .build();
  }

  private Connection connected() {
    Connection current = connection;
    if (current == null) {
      throw new Failure.Unavailable(
          closed ? "The connection to the broker is closed." : health.detail());
    }
    return current;
  }

  /**
   * {@inheritDoc} With a connection it returns when the broker has confirmed; without one it
   * returns at once.
   *
   * @throws Failure.Rejected when the broker refuses, or when a filter overlaps another one of this
   *     bus: brokers differ in how often they deliver what matches twice
   */
  @Override
  public void subscribe(List<String> filters, Receiver receiver) {
    Filters parsed = Filters.of(filters);
    String name = "mqtt-receiver-" + subscriptionNumber.incrementAndGet();
    Subscription subscription = new Subscription(parsed, receiver, settings, name);
    subscribing.lock();
    try {
      if (closed) {
        throw new Failure.Unavailable("The connection to the broker is closed.");
      }
      refuseOverlap(parsed);
      subscriptions.add(subscription);
      subscription.start();
      Connection current = connection;
      if (current != null) {
        confirm(current, subscription);
      }
    } finally {
      subscribing.unlock();
    }
  }

  private void confirm(Connection current, Subscription subscription) {
    try {
      current.subscribe(subscription.filters());
    } catch (Connection.Refused refused) {
      subscriptions.remove(subscription);
      subscription.close();
      throw new Failure.Rejected(Problem.of("subscription-refused", 403, refused.sentence()));
    } catch (Trouble trouble) {
      // The next connection subscribes again.
      LOG.warn("{} Connecting again.", trouble.sentence());
      current.close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      current.close();
    }
  }

  private void refuseOverlap(Filters filters) {
    if (filters.overlapThemselves()
        || subscriptions.stream().anyMatch(other -> other.filters().overlap(filters))) {
      throw new Failure.Rejected(
          Problem.of(
                  "filters-overlap",
                  409,
                  "The filters %s overlap each other or those of another subscription."
                      .formatted(filters))
              .suggesting("Some brokers would deliver a message twice: subscribe once for all."));
    }
  }

  @Override
  public Health health() {
    return health;
  }

  @Override
  public void onConnected(Runnable action) {
    connectedActions.add(action);
    if (connection != null) {
      start(action);
    }
  }

  @Override
  public long reconnects() {
    return Math.max(0, connections.get() - 1);
  }

  /** How many messages of QoS 0 were dropped because their receivers were too slow. */
  public long dropped() {
    return subscriptions.stream().mapToLong(Subscription::dropped).sum();
  }

  private void keepConnected() {
    int shortLives = 0;
    int attempt = 0;
    while (!closed) {
      Connection next = new Connection(settings, this::arrived);
      try {
        open(next);
        long since = System.nanoTime();
        Connection.End end = next.awaitEnd();
        connection = null;
        boolean stable = System.nanoTime() - since > 2 * settings.longestPause().toNanos();
        shortLives = stable || !end.byBroker() ? 0 : shortLives + 1;
        attempt = shortLives;
        lost(end, shortLives);
      } catch (Trouble trouble) {
        say(trouble.sentence());
      } catch (InterruptedException _) {
        // Closed; the loop's condition knows.
      } finally {
        connection = null;
        next.close();
      }
      pause(pauses.before(attempt, ThreadLocalRandom.current()));
      attempt++;
    }
  }

  /** It is there for publishers when it is subscribed: an answer must not come before that. */
  private void open(Connection next) throws Trouble, InterruptedException {
    next.open();
    subscribing.lockInterruptibly();
    try {
      for (Subscription subscription : subscriptions) {
        next.subscribe(subscription.filters());
      }
      connection = next;
    } finally {
      subscribing.unlock();
    }
    connections.incrementAndGet();
    health = Health.good();
    LOG.info(
        "Connected to the MQTT broker at {} as '{}'.", settings.address(), settings.clientId());
    connectedActions.forEach(MqttBus::start);
  }

  private void lost(Connection.End end, int shortLives) {
    if (shortLives >= SUSPICIOUS) {
      say(
          "The broker at %s ended the connection of '%s' %d times in a row soon after it began. Another client may have the same id: give each its own."
              .formatted(settings.address(), settings.clientId(), shortLives));
    } else {
      say(
          "Lost the connection to the MQTT broker at %s (%s). Connecting again."
              .formatted(settings.address(), Trouble.deepest(end.cause())));
    }
  }

  /** Logs what is news; the same trouble every ten seconds is not. */
  private void say(String sentence) {
    Health before = health;
    health = Health.bad(sentence);
    if (!closed && !health.equals(before)) {
      LOG.warn("{}", sentence);
    }
  }

  private void pause(Duration duration) {
    try {
      if (!closed) {
        Thread.sleep(duration);
      }
    } catch (InterruptedException _) {
      // Closed; the loop's condition knows.
    }
  }

  /** Called by the network's thread with all that arrives: it must not wait. */
  private void arrived(Mqtt3Publish message) {
    Arrived arrival = new Arrived(message);
    for (Subscription subscription : subscriptions) {
      if (subscription.wants(message.getTopic())) {
        subscription.arrived(arrival);
        return;
      }
    }
    // A lasting session may hold subscriptions of an earlier run; unacknowledged, they would fill
    // it.
    arrival.acknowledge();
    LOG.debug("Nobody here wants what came on {}.", message.getTopic());
  }

  @Override
  public void close() {
    subscribing.lock();
    try {
      closed = true;
    } finally {
      subscribing.unlock();
    }
    thread.interrupt();
    try {
      if (thread.getState() != Thread.State.NEW) {
        thread.join(ENDS_WITHIN);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    health = Health.bad("The connection to the MQTT broker is closed.");
    subscriptions.forEach(Subscription::close);
  }
}
