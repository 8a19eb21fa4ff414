package dev.tutti.core.workload;

import dev.tutti.core.Failure;
import dev.tutti.core.Message;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.Problem;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.run.Decision;
import dev.tutti.core.run.Facts;
import dev.tutti.core.run.OwnerBehaviour;
import dev.tutti.core.run.TimerFired;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Decides for adopted orphans, each of which owns itself: the owner's id is the workload's. It is
 * supervised to its end, which is recorded; its output and record go after the retention.
 */
final class OrphanDecisions implements OwnerBehaviour {

  static final String KIND = "orphan";

  private static final String FORGET = "FORGET";
  private static final Duration REMOVAL = Duration.ofMinutes(1);

  private final Duration retention;

  OrphanDecisions(Duration retention) {
    this.retention = retention;
  }

  static OwnerRef owner(WorkloadId id) {
    return new OwnerRef(KIND, id.value());
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Decision decide(OwnerRef owner, Facts facts, Message message, Instant now) {
    Optional<Workload> known = facts.find(Workload.KIND, owner.id());
    return switch (message) {
      case OrphanMessage.Adopt adopt -> adopt(owner, known, adopt, now);
      case OrphanMessage.Stop(Duration grace, String by) -> stop(owner, known, grace, by);
      case WorkloadChanged changed when changed.after().state().ended() ->
          ended(Decision.draft(), changed.after(), now).decided();
      case TimerFired _ -> known.map(w -> forget(w, now)).orElseGet(Decision::nothing);
      default -> Decision.nothing();
    };
  }

  private Decision adopt(
      OwnerRef owner, Optional<Workload> known, OrphanMessage.Adopt adopt, Instant now) {
    if (known.isPresent()) {
      throw new Failure.Rejected(
          Problem.of("not-orphaned", 409, "Workload %s has a record.".formatted(owner.id()))
              .suggesting("`tutti workload get %s` shows it.".formatted(owner.id())));
    }
    Instant since = adopt.particulars().since();
    Workload planned =
        Workload.planned(
            owner,
            new WorkloadId(owner.id()),
            owner.id(),
            adopt.particulars().labels().getOrDefault("tutti.subject", owner.id()),
            adopt.particulars().image(),
            Map.of(),
            since);
    Workload adopted =
        WorkloadDecisions.observe(planned, adopt.seen(), adopt.seen().terminal() ? now : since);
    Decision.Draft draft =
        Decision.draft()
            .put(Workload.KIND, adopted.id(), adopted)
            .journal(
                "workload.adopted",
                adopted.id(),
                "Workload %s, which no record knew, is adopted, as %s wants it."
                    .formatted(adopted.id(), adopt.by()),
                Map.of("image", adopted.image(), "by", adopt.by()))
            .reply(adopted);
    return (adopted.state().ended() ? ended(draft, adopted, now) : draft).decided();
  }

  private static Decision stop(
      OwnerRef owner, Optional<Workload> known, Duration grace, String by) {
    Workload workload =
        known.orElseThrow(() -> new Failure.NotFound("adopted workload", owner.id()));
    Decision.Draft draft = Decision.draft().reply(workload);
    if (!workload.state().ended() && !workload.stopping()) {
      WorkloadCommand.stop(draft, workload, grace);
      draft.journal(
          "workload.stopping",
          workload.id(),
          "Workload %s is stopped, as %s wants it.".formatted(workload.id(), by),
          Map.of("by", by));
    }
    return draft.decided();
  }

  private Decision.Draft ended(Decision.Draft draft, Workload workload, Instant now) {
    WorkloadCommand.collect(draft, workload.id());
    Integer code = workload.exitCode();
    return draft
        .journal(
            "workload.ended",
            workload.id(),
            "Workload %s ended with exit code %s: %s"
                .formatted(workload.id(), code, workload.reason()),
            Map.of("exitCode", code == null ? -1 : code, "reason", workload.reason()))
        .timer(FORGET, now.plus(retention));
  }

  /** First what is left on the backplane, then the record by which that is found. */
  private static Decision forget(Workload workload, Instant now) {
    Decision.Draft draft = Decision.draft();
    if (workload.state() == WorkloadState.REMOVED) {
      return draft.delete(Workload.KIND, workload.id()).decided();
    }
    WorkloadCommand.remove(draft, workload.removed(now));
    return draft.timer(FORGET, now.plus(REMOVAL)).decided();
  }
}
