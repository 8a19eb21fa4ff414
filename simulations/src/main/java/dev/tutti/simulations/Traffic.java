package dev.tutti.simulations;

/** How much a plan sends, as far as the orchestrator knows: models talk to each other directly. */
final class Traffic {

  private Traffic() {}

  /** The length of base64 for so many bytes. */
  static long encoded(long bytes) {
    return (bytes + 2) / 3 * 4;
  }

  /** Per step: a NewStep to each model, a CalculationsDone from each. */
  static long messagesPerStep(Plan plan) {
    return 2L * plan.models().size();
  }

  /**
   * From DeployModels to AllModelsHaveTerminated. Beside the steps, each model causes
   * ReadyForProcessing, ModelParameters, Parameterized, SimulationDone and ModelHasTerminated; the
   * simulation as a whole DeployModels, ModelsReady, SimulationDone and AllModelsHaveTerminated.
   */
  static long messages(Plan plan, int steps) {
    return 4 + 5L * plan.models().size() + steps * messagesPerStep(plan);
  }

  /** The ESDL goes to every model. */
  static long esdlBytes(Plan plan) {
    return plan.models().size() * encoded(plan.esdlBytes());
  }
}
