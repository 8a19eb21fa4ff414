package dev.tutti.simulations;

import dev.tutti.core.store.Query;
import dev.tutti.core.store.Store;
import dev.tutti.core.store.UnreadableDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** The rolls of the simulations that are alive, made from what is stored when there is none. */
final class Rolls {

  private final Store store;
  private final Inputs inputs;
  private final Map<String, Roll> rolls = new ConcurrentHashMap<>();

  Rolls(Store store, Inputs inputs) {
    this.store = store;
    this.inputs = inputs;
  }

  Optional<Roll> find(String simulation) {
    return Optional.ofNullable(rolls.get(simulation));
  }

  /**
   * The roll of a run, which knows the models that have ended already.
   *
   * @throws dev.tutti.core.Failure.NotFound when the plan of the simulation is lost
   */
  Roll of(Simulation simulation) {
    return rolls.compute(
        simulation.id(),
        (_, known) ->
            known != null && known.run() == simulation.run() ? known : restored(simulation));
  }

  /** Makes sure that answers of the phase or step that is open are counted. */
  void reopen(Simulation simulation) {
    switch (simulation.phase()) {
      case DEPLOYING -> of(simulation).reopen(Roll.Asked.ANNOUNCEMENTS, 0);
      case STEPPING -> {
        if (simulation.steps().open()) {
          of(simulation).reopen(Roll.Asked.STEP, simulation.steps().asked());
        }
      }
      case WAITING, RESTARTING, PARAMETERISING, FINISHING, ENDED -> {}
    }
  }

  private Roll restored(Simulation simulation) {
    Roll roll =
        new Roll(
            simulation.run(),
            inputs.models(simulation.provenance().plan()),
            simulation.request()::every,
            System::nanoTime);
    ends(simulation).forEach(end -> roll.without(end.modelId()));
    return roll;
  }

  /** The models of the run that have ended, or said why they will. */
  List<ModelEnd> ends(Simulation simulation) {
    List<ModelEnd> ends = new ArrayList<>();
    List<UnreadableDocument> unreadable =
        store.each(ModelEnd.KIND, Query.childrenOf(simulation.id()), d -> ends.add(d.body()));
    if (!unreadable.isEmpty()) {
      // Without it the clock would wait for a model that has ended.
      throw unreadable.getFirst();
    }
    ends.removeIf(end -> end.run() != simulation.run());
    return List.copyOf(ends);
  }

  void forget(String simulation) {
    rolls.remove(simulation);
  }

  void forEach(BiConsumer<String, Roll> action) {
    rolls.forEach(action);
  }
}
