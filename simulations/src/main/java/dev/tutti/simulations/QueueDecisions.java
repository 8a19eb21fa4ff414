package dev.tutti.simulations;

import dev.tutti.core.Failure;
import dev.tutti.core.Message;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.Problem;
import dev.tutti.core.run.Decision;
import dev.tutti.core.run.Facts;
import dev.tutti.core.run.OwnerBehaviour;
import java.time.Instant;
import java.util.Map;

/**
 * Whose turn it is. One simulation of the queue at a time has its turn, from its beginning until it
 * leaves; those that are started at once go past the queue.
 */
final class QueueDecisions implements OwnerBehaviour {

  private final SimulationsSettings settings;

  QueueDecisions(SimulationsSettings settings) {
    this.settings = settings;
  }

  @Override
  public String kind() {
    return SimulationQueue.OWNER.kind();
  }

  @Override
  public Decision decide(OwnerRef owner, Facts facts, Message message, Instant now) {
    SimulationQueue queue =
        facts.find(SimulationQueue.KIND, owner.id()).orElse(SimulationQueue.EMPTY);
    return switch (message) {
      case QueueMessage.Enter(Simulation planned) -> enter(owner, facts, queue, planned);
      case QueueMessage.Leave(String simulation) ->
          advanced(Decision.draft(), owner, queue, queue.without(simulation));
      case QueueMessage.Prioritise(String simulation, int priority) ->
          prioritise(owner, queue, simulation, priority);
      default -> Decision.nothing();
    };
  }

  /** The place in the queue and the simulation appear together, so neither is ever without. */
  private Decision enter(OwnerRef owner, Facts facts, SimulationQueue queue, Simulation planned) {
    if (queue.waiting().size() >= settings.queueLimit()) {
      throw new Failure.Rejected(
          Problem.of(
                  "queue-full",
                  503,
                  "%d simulations wait already.".formatted(queue.waiting().size()))
              .suggesting("Try again when one has ended, or cancel some."));
    }
    if (facts.find(Simulation.KIND, planned.id()).isPresent()) {
      throw new Failure.Rejected(
          Problem.of(
              "simulation-exists",
              409,
              "There is a simulation '%s' already.".formatted(planned.id())));
    }
    Decision.Draft draft = Decision.draft();
    draft.put(Simulation.KIND, planned.id(), planned);
    draft.journal(
        "simulation.queued",
        planned.id(),
        "Simulation %s waits for its turn.".formatted(planned.id()),
        Map.of("simulation", planned.id(), "priority", planned.request().priority()));
    return advanced(
        draft, owner, queue, queue.entering(planned.id(), planned.request().priority()));
  }

  private Decision prioritise(
      OwnerRef owner, SimulationQueue queue, String simulation, int priority) {
    if (queue.place(simulation).isEmpty()) {
      throw new Failure.Rejected(
          Problem.of("not-waiting", 409, "Simulation %s does not wait.".formatted(simulation)));
    }
    return advanced(Decision.draft(), owner, queue, queue.prioritising(simulation, priority));
  }

  private static Decision advanced(
      Decision.Draft draft, OwnerRef owner, SimulationQueue before, SimulationQueue changed) {
    SimulationQueue after = changed.advanced();
    if (!after.equals(before)) {
      draft.put(SimulationQueue.KIND, owner.id(), after);
    }
    if (!after.active().isEmpty() && !after.active().equals(before.active())) {
      draft.command(
          SimulationCommand.BEGIN,
          SimulationCommand.besideLane(after.active()),
          new SimulationCommand.OfSimulation(after.active()));
    }
    return draft.reply(after).decided();
  }
}
