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
import dev.tutti.core.store.UnreadableDocument;
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

  private record Difference(Workload workload, Observation seen) {}

  private final Engine engine;
  private final Backplane backplane;
  private final Duration resync;
  private final Orphans orphans;
  private Alarms.Alarm next = () -> {};
  private volatile boolean closed;

  /**
   * @param resync how often documents and backplane are compared
   * @param orphans counts what the comparison finds no document for
   */
  public Supervisor(Engine engine, Backplane backplane, Duration resync, Orphans orphans) {
    this.engine = engine;
    this.backplane = backplane;
    this.resync = resync;
    this.orphans = orphans;
  }

  /** With orphans that are only counted. */
  public Supervisor(Engine engine, Backplane backplane, Duration resync) {
    this(engine, backplane, resync, new Orphans(engine, backplane, Duration.ofDays(7)));
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
          .map(Document::body)
          .filter(workload -> isNews(workload, observation))
          .ifPresent(workload -> tell(new Difference(workload, observation)));
    } catch (Failure.Unavailable later) {
      LOG.warn("an observation of {} waits for the next comparison: {}", id, later.getMessage());
    } catch (UnreadableDocument nobodys) {
      LOG.debug("an observation of {} is for nobody", id, nobodys);
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
    List<Difference> differences = new ArrayList<>();
    for (Workload workload : believed) {
      Observation seen = real.getOrDefault(workload.id(), new Observation.Vanished("Vanished"));
      if (isNews(workload, seen)) {
        differences.add(new Difference(workload, seen));
      }
    }
    for (Workload workload : planned) {
      Observation seen = real.get(workload.id());
      if (seen != null && isNews(workload, seen)) {
        differences.add(new Difference(workload, seen));
      }
    }
    engine.slices().each(differences, this::tell);
    orphans.count(real.keySet());
  }

  /** Thousands that go on as they are known need not be told about, and are not. */
  private boolean isNews(Workload workload, Observation seen) {
    return !WorkloadDecisions.observe(workload, seen, engine.clock().instant()).equals(workload);
  }

  private void tell(Difference difference) {
    Workload workload = difference.workload();
    engine.strands().tell(workload.owner(), new WorkloadObserved(workload.id(), difference.seen()));
  }

  private List<Workload> read(Set<String> states) {
    List<Workload> all = new ArrayList<>();
    engine.store().each(Workload.KIND, Query.all().inStates(states), d -> all.add(d.body()));
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
