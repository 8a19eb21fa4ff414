package dev.tutti.models;

import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The models that one DeployModels asked for. Holds counters and a phase, never the models: each of
 * those is a document of its own.
 *
 * @param simulatorId the simulator's own id, as its message gave it
 * @param content hash of the message, by which an equal one is known
 * @param blob where the message is kept until all its models have a record; empty afterwards
 * @param keepLogsHours how long workloads and their logs stay after the last end; finite, not
 *     negative
 * @param stopping whether it was asked to end
 * @param refusal why none of its models may be started; empty when they may
 * @param ready when ModelsReady was decided
 * @param ended when the last model ended
 */
public record Deployment(
    String simulatorName,
    String simulatorId,
    String simulationId,
    int attempt,
    DeploymentState state,
    String reason,
    String content,
    String blob,
    ModelCounts models,
    double keepLogsHours,
    boolean stopping,
    String refusal,
    Instant created,
    @Nullable Instant ready,
    @Nullable Instant ended) {

  public static final DocumentKind<Deployment> KIND =
      DocumentKind.of(
          "deployment",
          Deployment.class,
          d -> new Attributes(d.key().id(), d.simulationId(), d.state().word()));

  public SimulationKey key() {
    return new SimulationKey(simulatorName, simulationId);
  }

  public String id() {
    return key().deployment(attempt);
  }

  Deployment in(DeploymentState next, String why) {
    return with(next, why, blob, models, stopping, refusal, ready, ended);
  }

  Deployment counting(ModelCounts counted) {
    return with(state, reason, blob, counted, stopping, refusal, ready, ended);
  }

  Deployment asReady(Instant now) {
    return with(DeploymentState.READY, "", blob, models, stopping, refusal, now, ended);
  }

  Deployment asEnded(Instant now) {
    return with(DeploymentState.ENDED, reason, blob, models, stopping, refusal, ready, now);
  }

  Deployment asStopping(String why) {
    return with(state, why, blob, models, true, refusal, ready, ended);
  }

  Deployment refused(String why) {
    return with(DeploymentState.STARTING, why, blob, models, stopping, why, ready, ended);
  }

  Deployment withoutBlob() {
    return with(state, reason, "", models, stopping, refusal, ready, ended);
  }

  private Deployment with(
      DeploymentState nextState,
      String why,
      String kept,
      ModelCounts counted,
      boolean toStop,
      String refused,
      @Nullable Instant readyAt,
      @Nullable Instant endedAt) {
    return new Deployment(
        simulatorName,
        simulatorId,
        simulationId,
        attempt,
        nextState,
        why,
        content,
        kept,
        counted,
        keepLogsHours,
        toStop,
        refused,
        created,
        readyAt,
        endedAt);
  }
}
