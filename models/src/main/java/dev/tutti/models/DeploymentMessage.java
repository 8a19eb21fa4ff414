package dev.tutti.models;

import dev.tutti.core.Message;
import dev.tutti.dots.ModelConfiguration;
import java.util.List;

/** What can be said to a {@link SimulationKey}, beside the timers and workloads of the core. */
public sealed interface DeploymentMessage extends Message {

  /**
   * Asks for a deployment (T1, or REST).
   *
   * @param content hash by which an equal request is known
   * @param blob where the request is kept
   * @param models how many models it has
   * @param keepLogsHours as requested, whatever number that is
   */
  record Deploy(String simulatorId, String content, String blob, int models, double keepLogsHours)
      implements DeploymentMessage {}

  /** There are places for all models of the deployment. */
  record Admitted(String deployment) implements DeploymentMessage {}

  /** The next models of the deployment, in the order of the request. */
  record Accept(String deployment, int from, List<ModelConfiguration> models)
      implements DeploymentMessage {

    /** So many models fit in one decision. */
    static final int SLICE = 80;

    public Accept {
      models = List.copyOf(models);
    }
  }

  /** The request cannot be read any more, so its remaining models cannot be started. */
  record RequestLost(String deployment) implements DeploymentMessage {}

  /** A model is ready for processing (T2). */
  record Ready(String modelId) implements DeploymentMessage {}

  /** The simulation is over (T12): what still runs after a grace is stopped. */
  record SimulationDone() implements DeploymentMessage {}

  /** A person wants the deployment to end now. */
  record Stop(String deployment) implements DeploymentMessage {}

  /** A person wants one model to end now. */
  record StopModel(String model) implements DeploymentMessage {}

  /** A notice was not sent, or nobody knows whether it was, and it will not be sent again. */
  record NoticeInDoubt(String why) implements DeploymentMessage {}

  /** Asks for what was waiting when the last process ended to be taken up again. */
  record Resume() implements DeploymentMessage {}
}
