package dev.tutti.simulations;

import dev.tutti.core.run.Decision;
import dev.tutti.core.store.CommandKind;
import dev.tutti.core.store.Delivery;
import java.util.List;

/**
 * What simulations have done. All commands of one simulation share a lane, so its models are told
 * in the order in which it was decided; lanes of different simulations run side by side.
 */
final class SimulationCommand {

  /** T1; an original MSO ends models that are asked for again, so it is never sent twice. */
  static final CommandKind<OfRun> DEPLOY =
      new CommandKind<>("simulation-deploy", OfRun.class, Delivery.NEVER_TWICE);

  /** T11 to all models, then T12. */
  static final CommandKind<OfRun> END =
      new CommandKind<>("simulation-end", OfRun.class, Delivery.REPEATABLE);

  /** Tells the simulation that its turn has come. */
  static final CommandKind<OfSimulation> BEGIN =
      new CommandKind<>("simulation-begin", OfSimulation.class, Delivery.REPEATABLE);

  /** Tells the queue that the next one's turn has come. */
  static final CommandKind<OfSimulation> LEAVE =
      new CommandKind<>("simulation-leave", OfSimulation.class, Delivery.REPEATABLE);

  /** Deletes what is kept of a simulation outside of records. */
  static final CommandKind<Discard> DISCARD =
      new CommandKind<>("simulation-discard", Discard.class, Delivery.REPEATABLE);

  /** T6 to the next models. */
  static final CommandKind<Parameters> PARAMETERS =
      new CommandKind<>("simulation-parameters", Parameters.class, Delivery.NOT_KEPT);

  /** T8 to all models that are there, or to those that are named. */
  static final CommandKind<NewStep> NEW_STEP =
      new CommandKind<>("simulation-step", NewStep.class, Delivery.NOT_KEPT);

  /** Models that ended are not waited for. */
  static final CommandKind<Without> WITHOUT =
      new CommandKind<>("simulation-without", Without.class, Delivery.NOT_KEPT);

  /** Asks models where they are, with a new roll. */
  static final CommandKind<Ask> ASK =
      new CommandKind<>("simulation-ask", Ask.class, Delivery.NOT_KEPT);

  /** Finds out for whom everybody has waited until the time was over. */
  static final CommandKind<Expire> EXPIRE =
      new CommandKind<>("simulation-expire", Expire.class, Delivery.NOT_KEPT);

  record OfSimulation(String simulation) {}

  record OfRun(String simulation, int run) {}

  record Discard(String simulation, String esdl, String plan) {}

  /** To {@code count} models from this one on, in the order of the plan. */
  record Parameters(String simulation, int run, int from, int count) {}

  /**
   * @param json number and time of the step, as the wire has it
   * @param only to these models; to all when it is empty
   */
  record NewStep(String simulation, int run, int step, String json, List<String> only) {
    NewStep {
      only = List.copyOf(only);
    }
  }

  record Without(String simulation, int run, String modelId) {}

  /**
   * @param step the step that is open; 0 while models are being deployed
   */
  record Ask(String simulation, int run, int step) {}

  record Expire(String simulation, int run, Phase phase, int step) {}

  private SimulationCommand() {}

  static String lane(String simulation) {
    return "simulation/" + simulation;
  }

  /** A lane beside: it must not wait behind messages that wait for the broker. */
  static String besideLane(String simulation) {
    return "simulation-beside/" + simulation;
  }

  static <T extends Record> void add(
      Decision.Draft draft, CommandKind<T> kind, String simulation, T body) {
    draft.command(kind, lane(simulation), body);
  }
}
