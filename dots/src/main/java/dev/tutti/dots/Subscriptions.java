package dev.tutti.dots;

import java.util.List;

/**
 * The topic filters that each role needs. None is {@code #}: what is no concern of ours costs us
 * nothing. No two filters of a role overlap, as some brokers deliver once per filter.
 */
public final class Subscriptions {
  private static final String ANY = "+";

  private Subscriptions() {}

  /** What an MSO listens to: T1, T2 and T12. */
  public static List<String> mso(SimulatorName simulatorName) {
    return List.of(
        Topic.DeployModels.FORM.fill(simulatorName, ANY),
        Topic.ReadyForProcessing.FORM.fill(ANY, ANY),
        Topic.SimulationDoneToMso.FORM.fill(simulatorName, ANY));
  }

  /** What an SO listens to: T3, T4, T5, T7, T9, T10, T15, our reasons and announcements. */
  public static List<String> so(SimulatorName simulatorName) {
    return List.of(
        Topic.ModelsReady.FORM.fill(simulatorName, ANY),
        Topic.ModelHasTerminated.FORM.fill(simulatorName, ANY, ANY),
        Topic.AllModelsHaveTerminated.FORM.fill(simulatorName, ANY),
        Topic.Parameterized.FORM.fill(ANY, ANY),
        Topic.CalculationsDone.FORM.fill(ANY, ANY),
        Topic.ErrorOccurred.FORM.fill(ANY, ANY),
        Topic.UnhealthyModel.FORM.fill(simulatorName, ANY, ANY),
        Topic.Reason.FORM.fill(simulatorName, ANY, ANY),
        Topic.Announcement.FORM.fill(ANY, ANY));
  }

  /** What an SO listens to for the logs of all models of a simulation: T14. */
  public static List<String> logs(SimulationId simulationId) {
    return List.of(Topic.Log.FORM.fill(simulationId, ANY));
  }

  /** What an SO listens to for the logs of all models of all simulations: T14. */
  public static List<String> logs() {
    return List.of(Topic.Log.FORM.fill(ANY, ANY));
  }

  /** What a model of our SDK listens to in addition: whether it is asked where it is. */
  public static List<String> announcing(SimulationId simulationId) {
    return List.of(Topic.WhereAreYou.FORM.fill(simulationId));
  }

  /**
   * What a model of our SDK listens to for one stream of data: T13, and what is repeated of it in
   * any step.
   */
  public static List<String> data(
      SimulationId simulationId, String service, String esdlId, String dataName) {
    return List.of(
        Topic.Data.FORM.fill(service, simulationId, esdlId, dataName),
        Topic.RepeatedData.FORM.fill(simulationId, service, esdlId, dataName, ANY));
  }

  /** What a model listens to: T6, T8 and T11. */
  public static List<String> model(SimulationId simulationId, ModelId modelId) {
    return List.of(
        Topic.ModelParameters.FORM.fill(simulationId, modelId),
        Topic.NewStep.FORM.fill(simulationId, modelId),
        Topic.SimulationDoneToModel.FORM.fill(simulationId, modelId));
  }
}
