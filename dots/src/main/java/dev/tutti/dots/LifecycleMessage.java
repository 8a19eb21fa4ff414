package dev.tutti.dots;

import java.util.List;

/** A message about the life of a simulation: deployed, made ready, stepped and ended. */
public sealed interface LifecycleMessage extends DotsMessage {

  /**
   * Asks the MSO for the models of a simulation (T1). Nothing in it was checked: ids may be empty,
   * repeated, or no part of any topic.
   *
   * @param keepLogsHours how long to keep the logs of ended models; any double, also NaN, infinite
   *     and negative; 0 when the sender, such as ESSIM, does not know the field
   */
  record DeployModels(
      String simulatorId, List<ModelConfiguration> modelConfigurations, double keepLogsHours)
      implements LifecycleMessage {
    public DeployModels {
      modelConfigurations = List.copyOf(modelConfigurations);
    }
  }

  /** A model is connected and subscribed (T2). */
  record ReadyForProcessing() implements LifecycleMessage {}

  /** All models of a simulation are ready; sent once, as the SO starts over at each (T3). */
  record ModelsReady() implements LifecycleMessage {}

  /**
   * What a model needs to know before the first step (T6).
   *
   * @param json the parameters as the wire has them, unread
   */
  record ModelParameters(String json) implements LifecycleMessage {}

  /** A model has taken its parameters (T7). */
  record Parameterized() implements LifecycleMessage {}

  /**
   * A model shall calculate a step; sent once, as models count them (T8).
   *
   * @param json number and time of the step as the wire has them, unread
   */
  record NewStep(String json) implements LifecycleMessage {}

  /** A model has finished its step (T9). It does not say which one. */
  record CalculationsDone() implements LifecycleMessage {}

  /**
   * A model has failed and disconnects (T10).
   *
   * @param message the text of the exception with its stack trace
   */
  record ErrorOccurred(String message) implements LifecycleMessage {}

  /** A simulation is over, for whatever reason (to a model T11, to the MSO T12). */
  record SimulationDone() implements LifecycleMessage {}

  /** A model runs, but not well (T15). */
  record UnhealthyModel(UnhealthyModelStatus status) implements LifecycleMessage {}

  /** A model has ended, and how (T4). */
  record ModelHasTerminated(TerminationStatus status, int exitCode) implements LifecycleMessage {}

  /** The last model of a simulation has ended; follows the last T4 (T5). */
  record AllModelsHaveTerminated() implements LifecycleMessage {}
}
