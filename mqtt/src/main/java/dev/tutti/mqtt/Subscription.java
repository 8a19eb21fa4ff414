package dev.tutti.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttTopic;
import dev.tutti.core.bus.Bus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A receiver, its filters and its thread. The network's thread never waits for a receiver, or one
 * that is slow would hold up the others. What waits is bounded by the broker, which sends only so
 * many messages unacknowledged; what cannot be acknowledged is dropped beyond a limit.
 */
final class Subscription {
  private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
  private static final long COMPLAINS_EVERY = Duration.ofSeconds(10).toNanos();
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

  private final Filters filters;
  private final Bus.Receiver receiver;
  private final int maximumWaiting;
  private final long maximumWaitingBytes;

  /** An empty one says that it is over. */
  private final BlockingQueue<Optional<Arrived>> waiting = new LinkedBlockingQueue<>();

  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;
  private long complainedAt = System.nanoTime() - COMPLAINS_EVERY;

  Subscription(Filters filters, Bus.Receiver receiver, MqttSettings settings, String threadName) {
    this.filters = filters;
    this.receiver = receiver;
    this.maximumWaiting = settings.maximumWaiting();
    this.maximumWaitingBytes = settings.maximumWaitingBytes();
    // A platform thread: receivers write to files and databases, which may hold a carrier.
    this.thread = Thread.ofPlatform().daemon().name(threadName).unstarted(this::deliver);
  }

  void start() {
    thread.start();
  }

  Filters filters() {
    return filters;
  }

  boolean wants(MqttTopic topic) {
    return filters.match(topic);
  }

  long dropped() {
    return dropped.get();
  }

  /** Called by the network's thread with all that arrives. */
  void arrived(Arrived arrival) {
    int length = arrival.payload().length;
    if (!arrival.acknowledgeable()
        && (count.get() >= maximumWaiting || bytes.get() + length > maximumWaitingBytes)) {
      drop(arrival);
      return;
    }
    count.incrementAndGet();
    bytes.addAndGet(length);
    waiting.add(Optional.of(arrival));
  }

  private void drop(Arrived arrival) {
    long sofar = dropped.incrementAndGet();
    long now = System.nanoTime();
    if (now - complainedAt >= COMPLAINS_EVERY) {
      complainedAt = now;
      LOG.warn(
          "The receiver of {} is too slow: {} messages wait, {} of QoS 0 were dropped so far,"
              + " the last on {}.",
          filters,
          count.get(),
          sofar,
          arrival.topic());
    }
  }

  private void deliver() {
    while (!closed) {
      try {
        waiting.take().ifPresent(this::hand);
      } catch (InterruptedException _) {
        // Receivers may leave an interrupt behind; that must not end the subscription.
      }
    }
  }

  private void hand(Arrived arrival) {
    try {
      receiver.received(arrival);
    } catch (Throwable failed) {
      LOG.error(
          "The receiver of {} failed with a message on {}.", filters, arrival.topic(), failed);
    }
    bytes.addAndGet(-arrival.payload().length);
    count.decrementAndGet();
  }

  /** Lets the message being received be finished, within reason. */
  void close() {
    closed = true;
    waiting.clear();
    waiting.add(Optional.empty());
    if (Thread.currentThread().equals(thread)) {
      return;
    }
    try {
      if (!thread.join(ENDS_WITHIN)) {
        thread.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
