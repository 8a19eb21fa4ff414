package dev.tutti.simulations;

import dev.tutti.core.Failure;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.UnreadableDocument;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes up at a start what the last process left. */
final class Recovery {

  private final Engine engine;
  private final Simulations simulations;

  Recovery(Engine engine, Simulations simulations) {
    this.engine = engine;
    this.simulations = simulations;
  }

  void run() {
    Set<String> needed = new HashSet<>();
    List<UnreadableDocument> unreadable =
        simulations.each(simulation -> {
          needed.add(simulation.provenance().esdl());
          needed.add(simulation.provenance().plan());
          if (simulation.phase().open()) {
            takeUp(simulation);
          }
        });
    if (unreadable.isEmpty()) {
      simulations.inputs().keepOnly(needed);
    }
    takeUpQueue();
  }

  private void takeUp(Simulation simulation) {
    try {
      simulations.rolls().reopen(simulation);
      engine.strands().tell(simulation.owner(), new SimulationMessage.Recover());
    } catch (Failure.NotFound | UnreadableDocument lost) {
      engine
          .strands()
          .tell(
              simulation.owner(),
              new SimulationMessage.InputsLost(
                  simulation.run(), String.valueOf(lost.getMessage())));
    }
  }

  /** Whose turn it is either runs, or begins, or has left without the queue hearing of it. */
  private void takeUpQueue() {
    String active = active();
    if (active.isEmpty()) {
      return;
    }
    Optional<Simulation> simulation = readable(active);
    if (simulation.isEmpty() || simulation.get().phase() == Phase.ENDED) {
      engine.strands().tell(SimulationQueue.OWNER, new QueueMessage.Leave(active));
    } else {
      engine.strands().tell(Simulation.owner(active), new SimulationMessage.Begin());
    }
  }

  /** Nobody's turn when the queue cannot be read: then none begins until somebody mends it. */
  private String active() {
    try {
      return simulations.queued().active();
    } catch (UnreadableDocument lost) {
      return "";
    }
  }

  /** Empty too when it cannot be read: whose turn it was does not go on, and others shall. */
  private Optional<Simulation> readable(String id) {
    try {
      return simulations.find(id);
    } catch (UnreadableDocument lost) {
      return Optional.empty();
    }
  }
}
