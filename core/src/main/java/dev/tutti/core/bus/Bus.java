package dev.tutti.core.bus;

import dev.tutti.core.backplane.Health;
import java.util.List;

/**
 * A connection to a message broker that mends itself. Topics and filters are MQTT's. Nothing is
 * ever published retained through {@link #publish}: a late subscriber would replay it.
 */
public interface Bus extends AutoCloseable {

  /**
   * Publishes at QoS 1 and returns when the broker has taken it. Calls from one thread keep their
   * order.
   *
   * @throws dev.tutti.core.Failure.Unavailable when there is no broker, or it did not answer in
   *     time
   */
  void publish(String topic, byte[] payload);

  /**
   * Publishes all of them at QoS 1, in their order, without waiting between them, and returns when
   * the broker has taken the last.
   *
   * @throws dev.tutti.core.Failure.Unavailable when none was sent
   * @throws dev.tutti.core.Failure.OutcomeUnknown when some may have been taken
   */
  default void publishAll(List<Outgoing> messages) {
    messages.forEach(message -> publish(message.topic(), message.payload()));
  }

  /**
   * Publishes all of them at QoS 0, in their order, and returns when they have left. What a
   * connection that breaks swallows is lost; nothing ever comes twice.
   *
   * @throws dev.tutti.core.Failure.Unavailable when none was sent
   * @throws dev.tutti.core.Failure.OutcomeUnknown when some may have been sent
   */
  default void publishAtMostOnce(List<Outgoing> messages) {
    publishAll(messages);
  }

  /** Like {@link #publish}, kept by the broker for late subscribers. For descriptors only. */
  void publishRetained(String topic, byte[] payload);

  /**
   * Subscribes at QoS 1, now and after every reconnect. Deliveries come one after another, in
   * order, on a thread of the subscription.
   */
  void subscribe(List<String> filters, Receiver receiver);

  /** Whether there is a connection, and if not, why. */
  Health health();

  /**
   * Does something now, if there is a connection, and after every connection that is made: for what
   * a broker forgets when it is restarted. It has a thread of its own, and may publish. A bus that
   * is always there need not call.
   */
  default void onConnected(Runnable action) {}

  /** How often the connection was made again after it had been lost. */
  long reconnects();

  @Override
  void close();

  /** A message to publish. */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Outgoing(String topic, byte[] payload) {}

  /** Hears what arrives. */
  @FunctionalInterface
  interface Receiver {
    void received(Arrival arrival);
  }

  /**
   * A message that arrived. It is acknowledged to the broker when its receiver says so, not before.
   */
  interface Arrival {
    String topic();

    byte[] payload();

    /** Tells the broker not to deliver it again. May be called from any thread, more than once. */
    void acknowledge();
  }
}
