package dev.tutti.backplane.docker;

import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.ObservationListener;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.WorkloadId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One workload as this process knows it. The engine knows better, until it has forgotten it. */
final class Container {

  private final WorkloadId id;

  /** Whoever starts it holds this, so that one that has run is never run again. */
  private final ReentrantLock starting = new ReentrantLock();

  /** Keeps what is seen in order on its way to the listener; held while the listener is called. */
  private final ReentrantLock delivery = new ReentrantLock();

  private volatile Optional<Observation> latest = Optional.empty();
  private final CountDownLatch outOfMemory = new CountDownLatch(1);
  private boolean delivered = true;

  Container(WorkloadId id) {
    this.id = id;
  }

  WorkloadId id() {
    return id;
  }

  ReentrantLock starting() {
    return starting;
  }

  /** Empty before the engine has it. */
  Optional<Observed> observed() {
    return latest.map(seen -> new Observed(id, seen));
  }

  /** Whether it has run, or runs. */
  boolean begun() {
    return latest
        .filter(seen -> seen.terminal() || seen instanceof Observation.Running)
        .isPresent();
  }

  boolean ended() {
    return latest.filter(Observation::terminal).isPresent();
  }

  /** The engine tells of it before it tells of the end, or right after. */
  void foundOutOfMemory() {
    outOfMemory.countDown();
  }

  boolean outOfMemory() {
    return outOfMemory.getCount() == 0;
  }

  /** Gives the engine that time to tell. */
  boolean outOfMemory(Duration within) throws InterruptedException {
    return outOfMemory.await(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Passes on what is news; nothing is seen after the end. */
  void observe(Observation seen, @Nullable ObservationListener listener) {
    delivery.lock();
    try {
      if (!ended() && !latest.equals(Optional.of(seen)) && !isStepBack(seen)) {
        latest = Optional.of(seen);
        delivered = false;
        deliver(listener);
      }
    } finally {
      delivery.unlock();
    }
  }

  private boolean isStepBack(Observation seen) {
    return seen instanceof Observation.Starting
        && latest.filter(Observation.Running.class::isInstance).isPresent();
  }

  /** Takes over what an earlier process has seen already. */
  void recall(Observation seen) {
    delivery.lock();
    try {
      latest = Optional.of(seen);
    } finally {
      delivery.unlock();
    }
  }

  /** Tells the listener what could not be told before. */
  void deliver(@Nullable ObservationListener listener) {
    delivery.lock();
    try {
      if (!delivered && listener != null) {
        delivered = true;
        latest.ifPresent(seen -> listener.observed(id, seen));
      }
    } finally {
      delivery.unlock();
    }
  }
}
