package dev.tutti.core.workload;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.run.Alarms;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that documents and reality agree: it passes on what the backplane pushes, and compares
 * the two at start and every {@code resync}. Nothing is removed because memory did not know it.
 */
public final class Supervisor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

  private static final Set<String> BELIEVED_TO_RUN =
      Set.of(WorkloadState.STARTING.word(), WorkloadState.RUNNING.word());
  private static final Set<String> PLANNED = Set.of(WorkloadState.PLANNED.word());

  private final Engine engine;
  private final Backplane backplane;
  private final Duration resync;
  private Alarms.Alarm next = () -> {};
  private volatile boolean closed;
  private volatile int orphans;

  public Supervisor(Engine engine, Backplane backplane, Duration resync) {
    this.engine = engine;
    this.backplane = backplane;
    this.resync = resync;
    engine
        .metrics()
        .gauge(
            "tutti_workload_orphans",
            "Workloads with our mark that the records do not know.",
            () -> orphans);
  }

  /**
   * Adopts what runs, reports what ended meanwhile, and begins to watch. While the backplane does
   * not answer, that is tried again.
   */
  public void start() {
    backplane.watch(this::observed);
    again();
  }

  private void observed(WorkloadId id, Observation observation) {
    try {
      engine
          .store()
          .find(Workload.KIND, id.value())
          .ifPresent(document ->
              engine
                  .strands()
                  .tell(document.body().owner(), new WorkloadObserved(id.value(), observation)));
    } catch (Failure.Unavailable later) {
      LOG.warn("an observation of {} waits for the next comparison: {}", id, later.getMessage());
    }
  }

  /**
   * Compares documents and backplane once. Documents are read first: what they believe to run was
   * there before the list was taken, so if the list lacks it, it is gone.
   */
  public void compare() {
    List<Workload> believed = read(BELIEVED_TO_RUN);
    List<Workload> planned = read(PLANNED);
    Map<String, Observation> real = new HashMap<>();
    for (Observed seen : backplane.list()) {
      real.put(seen.id().value(), seen.observation());
    }
    for (Workload workload : believed) {
      Observation seen = real.get(workload.id());
      tell(workload, seen == null ? new Observation.Vanished("Vanished") : seen);
    }
    for (Workload workload : planned) {
      Observation seen = real.get(workload.id());
      if (seen != null) {
        tell(workload, seen);
      }
    }
    countOrphans(real.keySet());
  }

  private void tell(Workload workload, Observation observation) {
    engine.strands().tell(workload.owner(), new WorkloadObserved(workload.id(), observation));
  }

  private void countOrphans(Set<String> real) {
    int unknown = 0;
    for (String id : real) {
      if (engine.store().find(Workload.KIND, id).isEmpty()) {
        unknown++;
      }
    }
    if (unknown > orphans) {
      LOG.warn("{} workloads run with our mark that no record knows; they are left alone", unknown);
    }
    orphans = unknown;
  }

  private List<Workload> read(Set<String> states) {
    List<Workload> all = new ArrayList<>();
    Query page = Query.all().inStates(states);
    List<Document<Workload>> read;
    do {
      read = engine.store().list(Workload.KIND, page);
      read.forEach(d -> all.add(d.body()));
      page = read.isEmpty() ? page : page.startingAfter(read.getLast().id());
    } while (read.size() == Query.MAX_LIMIT);
    return all;
  }

  private void schedule() {
    if (!closed) {
      next = engine.alarms().at(engine.clock().instant().plus(resync), this::again);
    }
  }

  private void again() {
    if (closed) {
      return;
    }
    try {
      compare();
    } catch (Failure.Unavailable later) {
      LOG.warn(
          "{} could not be compared with the records: {}", backplane.name(), later.getMessage());
    } catch (RuntimeException failure) {
      LOG.error("comparing {} with the records failed", backplane.name(), failure);
    }
    schedule();
  }

  /** Stops comparing; workloads go on. */
  @Override
  public void close() {
    closed = true;
    next.cancel();
  }
}
