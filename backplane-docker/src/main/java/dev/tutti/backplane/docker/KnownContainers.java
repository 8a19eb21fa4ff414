package dev.tutti.backplane.docker;

import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.ObservationListener;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.WorkloadId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The workloads that this process knows of, and the one who hears what becomes of them. */
final class KnownContainers {

  private final ConcurrentMap<WorkloadId, Container> known = new ConcurrentHashMap<>();
  private volatile @Nullable ObservationListener listener;

  /** The one of that id; from now on it is known. */
  Container of(WorkloadId id) {
    return known.computeIfAbsent(id, Container::new);
  }

  Optional<Container> find(WorkloadId id) {
    return Optional.ofNullable(known.get(id));
  }

  /** Whether it has not been forgotten since somebody got hold of it. */
  boolean isKnown(Container container) {
    return known.get(container.id()) == container;
  }

  void forget(Container container) {
    known.remove(container.id(), container);
  }

  /** Those known now. */
  Set<Container> all() {
    return new HashSet<>(known.values());
  }

  /** What was seen last of each that the engine has. */
  List<Observed> observed() {
    return known.values().stream().flatMap(container -> container.observed().stream()).toList();
  }

  /** Passes on what is news. */
  void tell(Container container, Observation seen) {
    container.observe(seen, listener);
  }

  /** Whoever listens from now on; it hears first what nobody has heard. */
  void listen(ObservationListener newListener) {
    listener = newListener;
    known.values().forEach(container -> container.deliver(newListener));
  }
}
