package dev.tutti.backplane.testkit;

import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.ObservationListener;
import dev.tutti.core.backplane.WorkloadId;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Carries observations to the listener in the order in which they were made, one at a time, with
 * the faults that a test asks for. No lock is held while the listener is called: whoever comes
 * meanwhile leaves its observation to the one who is delivering.
 */
final class Deliveries {

  /** What happens to one observation on its way. */
  enum Fate {
    ARRIVES,
    IS_LOST,
    ARRIVES_TWICE,
    /** Arrives when the test releases it, after later ones. */
    IS_HELD
  }

  private record Parcel(WorkloadId id, Observation observation) {}

  private final Queue<Parcel> waiting = new ConcurrentLinkedQueue<>();
  private final Queue<Parcel> held = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();
  private volatile BiFunction<WorkloadId, Observation, Fate> fates = (id, seen) -> Fate.ARRIVES;
  private volatile @Nullable ObservationListener listener;

  void listen(@Nullable ObservationListener newListener) {
    listener = newListener;
    if (newListener != null) {
      deliver();
    }
  }

  void decide(BiFunction<WorkloadId, Observation, Fate> newFates) {
    fates = newFates;
  }

  /** Puts an observation in line. The caller may hold locks, and calls {@link #deliver} without. */
  void send(WorkloadId id, Observation observation) {
    Parcel parcel = new Parcel(id, observation);
    switch (fates.apply(id, observation)) {
      case ARRIVES -> waiting.add(parcel);
      case IS_LOST -> {}
      case ARRIVES_TWICE -> {
        waiting.add(parcel);
        waiting.add(parcel);
      }
      case IS_HELD -> held.add(parcel);
    }
  }

  void release() {
    for (Parcel parcel = held.poll(); parcel != null; parcel = held.poll()) {
      waiting.add(parcel);
    }
    deliver();
  }

  void deliver() {
    if (pending.getAndIncrement() > 0) {
      return;
    }
    do {
      // Without a listener they wait for the next one.
      for (ObservationListener to = listener; to != null; to = listener) {
        Parcel parcel = waiting.poll();
        if (parcel == null) {
          break;
        }
        to.observed(parcel.id(), parcel.observation());
      }
    } while (pending.decrementAndGet() > 0);
  }
}
