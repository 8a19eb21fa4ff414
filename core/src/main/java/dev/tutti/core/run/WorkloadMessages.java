package dev.tutti.core.run;

import dev.tutti.core.Message;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.workload.LastLinesCollected;
import dev.tutti.core.workload.Workload;
import dev.tutti.core.workload.WorkloadChanged;
import dev.tutti.core.workload.WorkloadDecisions;
import dev.tutti.core.workload.WorkloadObserved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
