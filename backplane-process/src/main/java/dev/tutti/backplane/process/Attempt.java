package dev.tutti.backplane.process;

import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.ObservationListener;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.WorkloadId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One workload as this process knows it. What must outlive us is in its folder. */
final class Attempt {

  private final WorkloadId id;
  private final AttemptFolder folder;
  private final OutputFile output;
  private final boolean found;
  private volatile long since = System.nanoTime();
  private final AtomicBoolean startTaken = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable ProcessIdentity wrapper;
  private volatile boolean swept;
  private final AtomicBoolean toBeWatched = new AtomicBoolean();

  /** Keeps what is seen in order on its way to the listener; held while the listener is called. */
  private final Object delivery = new Object();

  private volatile Observation latest = new Observation.Starting();
  private boolean delivered;

  /**
   * @param found whether its folder was there already
   */
  Attempt(WorkloadId id, AttemptFolder folder, boolean found) {
    this.id = id;
    this.found = found;
    this.folder = folder;
    this.output = new OutputFile(folder);
  }

  WorkloadId id() {
    return id;
  }

  AttemptFolder folder() {
    return folder;
  }

  boolean found() {
    return found;
  }

  OutputFile output() {
    return output;
  }

  Observed observed() {
    return new Observed(id, latest);
  }

  /** Empty until its wrapper has been started or found. */
  Optional<ProcessIdentity> wrapper() {
    return Optional.ofNullable(wrapper);
  }

  void runBy(ProcessIdentity found) {
    wrapper = found;
    swept = false;
    startTaken.set(true);
  }

  /** Whether the caller is the one who may start it. */
  boolean takeStart() {
    return startTaken.compareAndSet(false, true);
  }

  /** From now on nobody may. */
  void refuseStart() {
    startTaken.set(true);
  }

  boolean startTaken() {
    return startTaken.get();
  }

  /** Whether nothing that it started is left running. */
  boolean swept() {
    return swept;
  }

  void foundSwept() {
    swept = true;
  }

  /** Its end could not be watched for, or not be looked at: somebody has to try again. */
  void watchLater() {
    toBeWatched.set(true);
  }

  /** Whether the caller is the one who is to try again. */
  boolean takeWatch() {
    return toBeWatched.compareAndSet(true, false);
  }

  /** From now on somebody who listens may start it. */
  void beginWaiting() {
    since = System.nanoTime();
  }

  boolean olderThan(Duration age) {
    return System.nanoTime() - since > age.toNanos();
  }

  /** Nothing is seen after the end. */
  void observe(Observation seen, @Nullable ObservationListener listener) {
    synchronized (delivery) {
      if (!latest.terminal()) {
        latest = seen;
        delivered = false;
        deliver(listener);
      }
    }
    if (seen.terminal()) {
      ended.countDown();
    }
  }

  /** Takes over what an earlier process has seen already. */
  void recall(Observation seen) {
    synchronized (delivery) {
      latest = seen;
      delivered = true;
    }
  }

  /** Tells the listener what could not be told before. */
  void deliver(@Nullable ObservationListener listener) {
    synchronized (delivery) {
      if (!delivered && listener != null) {
        delivered = true;
        listener.observed(id, latest);
      }
    }
  }

  boolean ended() {
    return ended.getCount() == 0;
  }

  boolean awaitEnd(Duration atMost) throws InterruptedException {
    return ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }
}
