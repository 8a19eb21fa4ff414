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

  /** Like {@link #publish}, kept by the broker for late subscribers. For descriptors only. */
  void publishRetained(String topic, byte[] payload);

  /**
   * Subscribes at QoS 1, now and after every reconnect. Deliveries come one after another, in
   * order, on a thread of the subscription.
   */
  void subscribe(List<String> filters, Receiver receiver);

  /**
   * Has this called after each connection that is made, also again, once it can be published on. It
   * must return quickly. A bus that is never without a connection need not call it.
   */
  default void whenConnected(Runnable listener) {}

  /** Whether there is a connection, and if not, why. */
  Health health();

  /** How often the connection was made again after it had been lost. */
  long reconnects();

  @Override
  void close();

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
