package dev.tutti.core.workload;

import dev.tutti.core.Failure;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.Problem;
import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.Particulars;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.UnreadableDocument;
import dev.tutti.core.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workloads that carry our mark and that no record knows: after a data folder was restored or lost.
 * They are left alone until a person says what to do with them.
 */
public final class Orphans {

  private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

  private final Engine engine;
  private final Backplane backplane;
  private volatile int counted;

  /** One of them. */
  public record Orphan(WorkloadId id, Observation observation, Particulars particulars) {}

  /** Registers who decides for those that are adopted; comes before the engine recovers. */
  public Orphans(Engine engine, Backplane backplane, Duration retention) {
    this.engine = engine;
    this.backplane = backplane;
    engine.register(new OrphanDecisions(retention));
    engine
        .metrics()
        .gauge(
            "tutti_workload_orphans",
            "Workloads with our mark that the records do not know.",
            () -> counted);
  }

  /** Counts them among what the backplane lists. */
  void count(Set<String> real) {
    int unknown = 0;
    for (String id : real) {
      if (unknown(id)) {
        unknown++;
      }
    }
    if (unknown > counted) {
      LOG.warn(
          "{} workloads run with our mark that no record knows; they are left alone: `tutti workload orphans` shows them",
          unknown);
    }
    counted = unknown;
  }

  private boolean unknown(String id) {
    try {
      return engine.store().find(Workload.KIND, id).isEmpty();
    } catch (UnreadableDocument unreadable) {
      // There is a record, if one that cannot be read: it must not be taken for an orphan.
      LOG.debug("the record of {} cannot be read", id, unreadable);
      return false;
    }
  }

  /** All of them, as they are now. */
  public List<Orphan> list() {
    List<Orphan> found =
        backplane.list().stream()
            .filter(seen -> unknown(seen.id().value()))
            .map(this::orphan)
            .sorted(Comparator.comparing(Orphan::id))
            .toList();
    counted = found.size();
    return found;
  }

  private Orphan orphan(Observed seen) {
    Particulars particulars =
        backplane
            .particulars(seen.id())
            .orElseGet(() -> new Particulars("", Map.of(), engine.clock().instant(), ""));
    return new Orphan(seen.id(), seen.observation(), particulars);
  }

  /** One of them. */
  public Orphan find(String id) {
    if (!unknown(id)) {
      throw new Failure.Rejected(
          Problem.of("not-orphaned", 409, "Workload %s has a record.".formatted(id))
              .suggesting("`tutti workload explain %s` shows for whom it runs.".formatted(id)));
    }
    return list().stream()
        .filter(orphan -> orphan.id().value().equals(id))
        .findFirst()
        .orElseThrow(() -> new Failure.NotFound("orphaned workload", id));
  }

  /** Makes a record of it, so that it is supervised like any other workload. */
  public Workload adopt(String id, String by) throws InterruptedException {
    Orphan orphan = find(id);
    return engine
        .strands()
        .ask(
            OrphanDecisions.owner(orphan.id()),
            new OrphanMessage.Adopt(orphan.observation(), orphan.particulars(), by),
            Workload.class);
  }

  /** Ends it, and deletes what is left of it; returns once that is done. */
  public void remove(String id, Duration grace, String by) {
    Orphan orphan = find(id);
    backplane.stop(orphan.id(), grace);
    backplane.remove(orphan.id());
    Instant now = engine.clock().instant();
    OwnerRef owner = OrphanDecisions.owner(orphan.id());
    engine.commit(
        Transaction.of(
            new Write.AppendJournal(
                new JournalEntry(
                    0,
                    now,
                    owner,
                    "workload.orphan-removed",
                    id,
                    "Workload %s, which no record knew, was ended and removed, as %s wants it."
                        .formatted(id, by),
                    Map.of("image", orphan.particulars().image(), "by", by)))));
  }

  /** Ends an adopted one. Others are ended through what they run for. */
  public Workload stop(String id, Duration grace, String by) throws InterruptedException {
    Workload workload =
        engine
            .store()
            .find(Workload.KIND, id)
            .orElseThrow(() -> new Failure.NotFound("workload", id))
            .body();
    if (!workload.ownerKind().equals(OrphanDecisions.KIND)) {
      throw new Failure.Rejected(
          Problem.of(
                  "workload-owned", 409, "Workload %s runs for %s.".formatted(id, workload.owner()))
              .suggesting("Stop that: `tutti model stop`, `tutti deployment stop`."));
    }
    return engine
        .strands()
        .ask(workload.owner(), new OrphanMessage.Stop(grace, by), Workload.class);
  }
}
