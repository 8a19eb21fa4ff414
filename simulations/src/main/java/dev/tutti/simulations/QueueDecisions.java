package dev.tutti.simulations;

import dev.tutti.core.Failure;
import dev.tutti.core.Message;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.Problem;
import dev.tutti.core.run.Decision;
import dev.tutti.core.run.Facts;
import dev.tutti.core.run.OwnerBehaviour;
import java.time.Instant;
import java.util.List;
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
      case QueueMessage.EnterAll(Sweep sweep, List<Simulation> planned) ->
          enterAll(owner, facts, queue, sweep, planned);
      case QueueMessage.ForgetSweep(String sweep) ->
          facts.find(Sweep.KIND, sweep).isPresent()
              ? Decision.draft().delete(Sweep.KIND, sweep).decided()
              : Decision.nothing();
      case QueueMessage.Leave(String simulation) ->
          advanced(Decision.draft(), owner, queue, queue.without(simulation));
      case QueueMessage.Prioritise(String simulation, int priority) ->
          prioritise(owner, queue, simulation, priority);
      default -> Decision.nothing();
    };
  }

  /** The place in the queue and the simulation appear together, so neither is ever without. */
  private Decision enter(OwnerRef owner, Facts facts, SimulationQueue queue, Simulation planned) {
    requireRoom(queue, 1);
    requireNew(facts, planned);
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

  /** A sweep, its simulations and their places appear together. */
  private Decision enterAll(
      OwnerRef owner, Facts facts, SimulationQueue queue, Sweep sweep, List<Simulation> planned) {
    requireRoom(queue, planned.size());
    Decision.Draft draft = Decision.draft();
    draft.put(Sweep.KIND, sweep.id(), sweep);
    SimulationQueue entered = queue;
    for (Simulation simulation : planned) {
      requireNew(facts, simulation);
      draft.put(Simulation.KIND, simulation.id(), simulation);
      entered = entered.entering(simulation.id(), simulation.request().priority());
    }
    draft.journal(
        "simulation.sweep-queued",
        sweep.id(),
        "The %d simulations of sweep %s wait for their turns."
            .formatted(planned.size(), sweep.id()),
        Map.of("sweep", sweep.id(), "simulations", planned.size()));
    return advanced(draft, owner, queue, entered);
  }

  private void requireRoom(SimulationQueue queue, int forSoMany) {
    int waiting = queue.waiting().size();
    if (waiting + forSoMany > settings.queueLimit()) {
      throw new Failure.Rejected(
          Problem.of(
                  "queue-full",
                  503,
                  forSoMany == 1
                      ? "%d simulations wait already.".formatted(waiting)
                      : "%d simulations wait already, at most %d may, and these are %d."
                          .formatted(waiting, settings.queueLimit(), forSoMany))
              .suggesting("Try again when one has ended, or cancel some."));
    }
  }

  private static void requireNew(Facts facts, Simulation planned) {
    if (facts.find(Simulation.KIND, planned.id()).isPresent()) {
      throw new Failure.Rejected(
          Problem.of(
              "simulation-exists",
              409,
              "There is a simulation '%s' already.".formatted(planned.id())));
    }
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
