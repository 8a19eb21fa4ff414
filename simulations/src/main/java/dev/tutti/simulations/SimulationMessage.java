package dev.tutti.simulations;

import dev.tutti.core.Message;
import java.util.List;

/** What can be said to a simulation, beside its timers. */
sealed interface SimulationMessage extends Message {

  /** There shall be this simulation, at once. */
  record Create(Simulation planned) implements SimulationMessage {}

  /** Its turn has come. */
  record Begin() implements SimulationMessage {}

  /** All models are ready (T3). */
  record ModelsReady() implements SimulationMessage {}

  /** All models of the run have announced themselves, which says as much. */
  record AllAnnounced(int run) implements SimulationMessage {}

  /** So many models have their parameters that the next ones can get theirs. */
  record ParametersDue(int run, int from, int count) implements SimulationMessage {}

  /** All models have their parameters (T7 of each). */
  record AllParameterized(int run) implements SimulationMessage {}

  /** All models have calculated the step (T9 of each). */
  record StepFinished(int run, int step, StepReport report) implements SimulationMessage {}

  /** The phase or step has taken too long, waiting for these models. */
  record Expired(int run, Phase phase, int step, List<String> waitingFor)
      implements SimulationMessage {
    public Expired {
      waitingFor = List.copyOf(waitingFor);
    }
  }

  /** These models have said that they never got the step that is open. */
  record StepMissed(int run, int step, List<String> models) implements SimulationMessage {
    public StepMissed {
      models = List.copyOf(models);
    }
  }

  /**
   * A model has ended (T4).
   *
   * @param service of the model, which says what its failure means
   */
  record ModelEnded(String modelId, String service, int exitCode) implements SimulationMessage {}

  /** A model says that it failed (T10). */
  record ErrorOccurred(String modelId, String service, String text) implements SimulationMessage {}

  /** The MSO says why a model, or with an empty id the deployment, failed. */
  record Explained(String modelId, String reason, List<String> lastLines)
      implements SimulationMessage {
    public Explained {
      lastLines = List.copyOf(lastLines);
    }
  }

  /** A model runs, but not well (T15). */
  record Unhealthy(String modelId) implements SimulationMessage {}

  /** All models are gone (T5). */
  record AllEnded() implements SimulationMessage {}

  /** Nobody knows whether what was to be sent has been. */
  record InDoubt(int run, String what) implements SimulationMessage {}

  /** The plan or the ESDL cannot be read any more. */
  record InputsLost(int run, String what) implements SimulationMessage {}

  /** Nothing more shall be asked of it. */
  record Cancel() implements SimulationMessage {}

  /** No step shall begin until further notice. */
  record Pause() implements SimulationMessage {}

  /** Steps shall go on. */
  record Resume() implements SimulationMessage {}

  /** The process is a new one. */
  record Recover() implements SimulationMessage {}
}
