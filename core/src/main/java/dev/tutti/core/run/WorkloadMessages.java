package dev.tutti.core.run;

import dev.tutti.core.Message;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.workload.LastLinesCollected;
import dev.tutti.core.workload.StartDelayed;
import dev.tutti.core.workload.Workload;
import dev.tutti.core.workload.WorkloadChanged;
import dev.tutti.core.workload.WorkloadDecisions;
import dev.tutti.core.workload.WorkloadObserved;
import dev.tutti.core.workload.WorkloadState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The core's share in decisions about workloads: it keeps their documents, so that a behaviour only
 * hears of real changes and decides what they mean to its owner.
 */
final class WorkloadMessages implements OwnerBehaviour {

  private final OwnerBehaviour behaviour;

  WorkloadMessages(OwnerBehaviour behaviour) {
    this.behaviour = behaviour;
  }

  @Override
  public String kind() {
    return behaviour.kind();
  }

  @Override
  public Decision decide(OwnerRef owner, Facts facts, Message message, Instant now) {
    return switch (message) {
      case WorkloadObserved seen -> observed(owner, facts, seen, now);
      case StartDelayed delayed -> delayed(facts, delayed);
      case LastLinesCollected collected -> collected(owner, facts, collected, now);
      default -> behaviour.decide(owner, facts, message, now);
    };
  }

  private Decision observed(OwnerRef owner, Facts facts, WorkloadObserved seen, Instant now) {
    Optional<Workload> known = facts.find(Workload.KIND, seen.workloadId());
    if (known.isEmpty()) {
      return Decision.nothing();
    }
    Workload before = known.get();
    Workload after = WorkloadDecisions.observe(before, seen.observation(), now);
    if (after.equals(before)) {
      return Decision.nothing();
    }
    Decision meaning = behaviour.decide(owner, facts, new WorkloadChanged(before, after), now);
    Decision whole = preceded(meaning, new Decision.Effect.Put<>(Workload.KIND, after.id(), after));
    return after.state().ended()
        ? preceded(whole, new Decision.Effect.FreePlace(after.group()))
        : whole;
  }

  /** What the journal says of it, its owner need not know: nothing has changed yet. */
  private static Decision delayed(Facts facts, StartDelayed delayed) {
    Optional<Workload> planned =
        facts
            .find(Workload.KIND, delayed.workloadId())
            .filter(w -> w.state() == WorkloadState.PLANNED && !w.stopping());
    if (planned.isEmpty()) {
      return Decision.nothing();
    }
    Workload waiting = planned.get().delayed(delayed.reason());
    return Decision.draft()
        .put(Workload.KIND, waiting.id(), waiting)
        .journal(
            "workload.start-delayed",
            waiting.id(),
            "Workload %s could not be started, try %d: %s It is tried again in %d.%d s."
                .formatted(
                    waiting.id(),
                    delayed.tries(),
                    delayed.reason(),
                    delayed.next().toSeconds(),
                    delayed.next().toMillisPart() / 100),
            Map.of(
                "workload", waiting.id(),
                "tries", delayed.tries(),
                "reason", delayed.reason(),
                "nextInMillis", delayed.next().toMillis()))
        .decided();
  }

  private Decision collected(
      OwnerRef owner, Facts facts, LastLinesCollected collected, Instant now) {
    Optional<Workload> known = facts.find(Workload.KIND, collected.workloadId());
    if (known.isEmpty()) {
      return Decision.nothing();
    }
    Workload after = known.get().withLastLines(collected.lines());
    Decision meaning = behaviour.decide(owner, facts, collected, now);
    return preceded(meaning, new Decision.Effect.Put<>(Workload.KIND, after.id(), after));
  }

  /** The workload's document goes first: what the behaviour decided about it wins. */
  private static Decision preceded(Decision decision, Decision.Effect first) {
    List<Decision.Effect> effects = new ArrayList<>(decision.effects().size() + 1);
    effects.add(first);
    effects.addAll(decision.effects());
    return new Decision(effects, decision.reply().orElse(null));
  }
}
