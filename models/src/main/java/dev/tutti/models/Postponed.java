package dev.tutti.models;

import dev.tutti.core.Failure;
import dev.tutti.core.bus.Bus;
import dev.tutti.core.run.Engine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that could not be followed because the store was away. They are not acknowledged, and
 * followed in the order of their arrival once it is back: a broker delivers them again only after a
 * reconnect, which may never come.
 */
final class Postponed {

  private static final Logger LOG = LoggerFactory.getLogger(Postponed.class);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int MOST = 10_000;

  private final Engine engine;
  private final Bus.Receiver receiver;
  // Guards the queue. The first stays in it while it is tried, so that no later one overtakes.
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Bus.Arrival> waiting = new ArrayDeque<>();

  /**
   * @param receiver follows a message, or throws {@link Failure.Unavailable}
   */
  Postponed(Engine engine, Bus.Receiver receiver) {
    this.engine = engine;
    this.receiver = receiver;
  }

  /** Follows a message now, or later if others wait or it cannot be followed now. */
  void follow(Bus.Arrival arrival) {
    if (queued(arrival, false)) {
      return;
    }
    try {
      receiver.received(arrival);
    } catch (Failure.Unavailable later) {
      LOG.warn("A message on {} waits: {}", arrival.topic(), later.getMessage());
      queued(arrival, true);
    }
  }

  /** Whether the message waits behind others, or as the first. */
  private boolean queued(Bus.Arrival arrival, boolean asFirst) {
    lock.lock();
    try {
      if (waiting.isEmpty() && !asFirst) {
        return false;
      }
      if (waiting.size() < MOST) {
        waiting.addLast(arrival);
        if (waiting.size() == 1) {
          tryLater();
        }
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void tryLater() {
    engine.alarms().at(engine.clock().instant().plus(PAUSE), this::again);
  }

  private void again() {
    for (Bus.Arrival first = first(); first != null; first = next()) {
      try {
        receiver.received(first);
      } catch (Failure.Unavailable later) {
        LOG.debug("messages go on waiting: {}", later.getMessage());
        tryLater();
        return;
      }
    }
  }

  private Bus.@Nullable Arrival first() {
    lock.lock();
    try {
      return waiting.peekFirst();
    } finally {
      lock.unlock();
    }
  }

  private Bus.@Nullable Arrival next() {
    lock.lock();
    try {
      waiting.removeFirst();
      return waiting.peekFirst();
    } finally {
      lock.unlock();
    }
  }
}
