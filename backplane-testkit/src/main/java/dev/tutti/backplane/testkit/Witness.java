package dev.tutti.backplane.testkit;

import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.ObservationListener;
import dev.tutti.core.backplane.WorkloadId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a backplane told. */
public final class Witness implements ObservationListener {

  private final Map<WorkloadId, List<Observation>> told = new ConcurrentHashMap<>();

  @Override
  public void observed(WorkloadId id, Observation observation) {
    told.computeIfAbsent(id, first -> new CopyOnWriteArrayList<>()).add(observation);
  }

  public List<Observation> of(WorkloadId id) {
    return told.getOrDefault(id, List.of());
  }

  /** How it ended, if that was told. */
  public Optional<Observation> endOf(WorkloadId id) {
    return of(id).stream().filter(Observation::terminal).findFirst();
  }

  public boolean sawRunning(WorkloadId id) {
    return of(id).stream().anyMatch(Observation.Running.class::isInstance);
  }

  public long ends() {
    return told.keySet().stream().filter(id -> endOf(id).isPresent()).count();
  }
}
