package dev.tutti.simulations;

/** How much a plan sends, as far as the orchestrator knows: models talk to each other directly. */
final class Traffic {

  private Traffic() {}

  /** The length of base64 for so many bytes. */
  static long encoded(long bytes) {
    return (bytes + 2) / 3 * 4;
  }

  /**
   * In a step in which all take part, such as the first: a NewStep to each model, a
   * CalculationsDone from each.
   */
  static long messagesPerStep(Plan plan) {
    return 2L * plan.models().size();
  }

  /**
   * From DeployModels to AllModelsHaveTerminated. Beside the steps, each model causes
   * ReadyForProcessing, ModelParameters, Parameterized, SimulationDone and ModelHasTerminated; the
   * simulation as a whole DeployModels, ModelsReady, SimulationDone and AllModelsHaveTerminated.
   */
  static long messages(Plan plan, SimulationRequest request) {
    long inSteps =
        plan.models().stream()
            .mapToLong(
                model -> 2L * Rate.steps(request.every(model.service()), request.nrOfTimeSteps()))
            .sum();
    return 4 + 5L * plan.models().size() + inSteps;
  }

  /** The ESDL goes to every model. */
  static long esdlBytes(Plan plan) {
    return plan.models().size() * encoded(plan.esdlBytes());
  }
}
