package dev.tutti.models;

import dev.tutti.core.run.Decision;
import dev.tutti.core.store.CommandKind;
import dev.tutti.core.store.Delivery;
import java.util.List;

/**
 * What simulators are told. All notices of one simulation share a lane, so they leave in the order
 * in which they were decided.
 */
final class Notice {

  /** T3; peers answer each one by starting over, so it is never sent twice. */
  static final CommandKind<ModelsReady> MODELS_READY =
      new CommandKind<>("models-ready", ModelsReady.class, Delivery.NEVER_TWICE);

  /** T4. */
  static final CommandKind<ModelHasTerminated> MODEL_HAS_TERMINATED =
      new CommandKind<>("model-has-terminated", ModelHasTerminated.class, Delivery.REPEATABLE);

  /** T5. */
  static final CommandKind<AllModelsHaveTerminated> ALL_MODELS_HAVE_TERMINATED =
      new CommandKind<>(
          "all-models-have-terminated", AllModelsHaveTerminated.class, Delivery.REPEATABLE);

  /** Why something failed or was refused, on our additive topic. */
  static final CommandKind<Reason> REASON =
      new CommandKind<>("reason", Reason.class, Delivery.REPEATABLE);

  /** How the names of all lanes of notices begin. */
  static final String LANES = "notices/";

  record ModelsReady(String simulatorName, String simulationId) {}

  record ModelHasTerminated(
      String simulatorName, String simulationId, String modelId, int exitCode) {}

  record AllModelsHaveTerminated(String simulatorName, String simulationId) {}

  /**
   * @param modelId empty when it is about the deployment
   * @param exitCode 0 when it is about the deployment
   * @param lastLines of the model's output; empty as long as they are not collected
   */
  record Reason(
      String simulatorName,
      String simulationId,
      String modelId,
      int exitCode,
      String reason,
      List<String> lastLines) {

    Reason {
      lastLines = List.copyOf(lastLines);
    }
  }

  private Notice() {}

  static String lane(SimulationKey key) {
    return LANES + key.id();
  }

  static void modelsReady(Decision.Draft draft, SimulationKey key) {
    draft.command(
        MODELS_READY, lane(key), new ModelsReady(key.simulatorName(), key.simulationId()));
  }

  /** T4 and, unless the model succeeded, why it did not. */
  static void modelHasTerminated(Decision.Draft draft, SimulationKey key, Model model) {
    draft.command(
        MODEL_HAS_TERMINATED,
        lane(key),
        new ModelHasTerminated(
            key.simulatorName(), key.simulationId(), model.modelId(), model.code()));
    if (model.state() == ModelState.FAILED) {
      reason(draft, key, model, List.of());
    }
  }

  /** Why a model failed and, once they are collected, what it said last. */
  static void reason(Decision.Draft draft, SimulationKey key, Model model, List<String> lastLines) {
    draft.command(
        REASON,
        lane(key),
        new Reason(
            key.simulatorName(),
            key.simulationId(),
            model.modelId(),
            model.code(),
            model.reason(),
            lastLines));
  }

  static void allModelsHaveTerminated(Decision.Draft draft, SimulationKey key) {
    draft.command(
        ALL_MODELS_HAVE_TERMINATED,
        lane(key),
        new AllModelsHaveTerminated(key.simulatorName(), key.simulationId()));
  }

  static void reason(Decision.Draft draft, SimulationKey key, String reason) {
    draft.command(
        REASON,
        lane(key),
        new Reason(key.simulatorName(), key.simulationId(), "", 0, reason, List.of()));
  }
}
