package dev.tutti.core.run;

import dev.tutti.core.Failure;
import dev.tutti.core.bus.Bus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps arrivals that cannot be followed now, without acknowledging them, and tries again until
 * they can. A broker delivers what was not acknowledged only after a reconnect, and what came at
 * QoS 0 never. Arrivals of one subject keep their order; those of others do not wait.
 */
public final class PatientReceiver implements Bus.Receiver {

  private static final Logger LOG = LoggerFactory.getLogger(PatientReceiver.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int MOST = 10_000;
  private static final long MOST_BYTES = 64L << 20;

  private final Engine engine;
  private final Function<String, String> subject;
  private final Bus.Receiver receiver;
  private final Map<String, Deque<Bus.Arrival>> held = new LinkedHashMap<>();
  private int count;
  private long bytes;

  /**
   * @param subject of a topic
   * @param receiver throws {@link Failure.Unavailable} for what cannot be followed now
   */
  public PatientReceiver(Engine engine, Function<String, String> subject, Bus.Receiver receiver) {
    this.engine = engine;
    this.subject = subject;
    this.receiver = receiver;
  }

  @Override
  public void received(Bus.Arrival arrival) {
    String about = subject.apply(arrival.topic());
    if (!joins(about, arrival)) {
      try {
        receiver.received(arrival);
      } catch (Failure.Unavailable later) {
        LOG.warn("A message about {} waits: {}", about, later.getMessage());
        hold(about, arrival);
      }
    }
  }

  private synchronized boolean joins(String about, Bus.Arrival arrival) {
    if (!held.containsKey(about)) {
      return false;
    }
    hold(about, arrival);
    return true;
  }

  private synchronized void hold(String about, Bus.Arrival arrival) {
    if (count >= MOST || bytes + arrival.payload().length > MOST_BYTES) {
      // Not acknowledged: if it came at QoS 1, the broker has it still.
      LOG.error("A message about {} is left to the broker: too many wait already", about);
      return;
    }
    if (held.isEmpty()) {
      tryLater();
    }
    held.computeIfAbsent(about, _ -> new ArrayDeque<>()).addLast(arrival);
    count++;
    bytes += arrival.payload().length;
  }

  private void tryLater() {
    try {
      engine.alarms().at(engine.clock().instant().plus(PAUSE), this::tryAgain);
    } catch (RejectedExecutionException stopping) {
      LOG.debug("what waits is left to the broker: Tutti stops", stopping);
    }
  }

  private void tryAgain() {
    for (String about : subjects()) {
      follow(about);
    }
    synchronized (this) {
      if (!held.isEmpty()) {
        tryLater();
      }
    }
  }

  private synchronized List<String> subjects() {
    return new ArrayList<>(held.keySet());
  }

  /** What is followed stays first until it is, so that nothing that arrives overtakes it. */
  private void follow(String about) {
    while (true) {
      Bus.Arrival first;
      synchronized (this) {
        Deque<Bus.Arrival> queue = held.get(about);
        if (queue == null) {
          return;
        }
        first = queue.getFirst();
      }
      try {
        receiver.received(first);
      } catch (Failure.Unavailable stillNot) {
        LOG.debug("A message about {} goes on waiting: {}", about, stillNot.getMessage());
        return;
      }
      forgetFirst(about);
    }
  }

  private synchronized void forgetFirst(String about) {
    Deque<Bus.Arrival> queue = held.get(about);
    if (queue == null) {
      return;
    }
    Bus.Arrival followed = queue.removeFirst();
    count--;
    bytes -= followed.payload().length;
    if (queue.isEmpty()) {
      held.remove(about);
    }
  }

  /** How many messages wait. */
  public synchronized int waiting() {
    return count;
  }
}
