package dev.tutti.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The models that one DeployModels asked for.
 *
 * @param id {@code simulatorName~simulationId~attempt}
 * @param simulatorName the simulator's name in topics, such as {@code dots-so}
 * @param simulatorId the simulator's own id, as its message gave it
 * @param attempt 1 for the first deployment of this simulation id, one more for each later one
 * @param state {@code queued}, {@code starting}, {@code ready}, {@code ended} or {@code refused}
 * @param reason why it is in this state, when there is something to say
 * @param keepLogsHours how long workloads and their logs stay after the last end
 * @param ready when all models were ready
 */
public record DeploymentView(
    String id,
    String simulatorName,
    String simulatorId,
    String simulationId,
    int attempt,
    @Allowed(words = {"queued", "starting", "ready", "ended", "refused"}) String state,
    String reason,
    ModelCounts models,
    double keepLogsHours,
    Instant created,
    @Nullable Instant ready,
    @Nullable Instant ended) {

  /** How many models of a deployment are in each state. */
  public record ModelCounts(int total, int created, int running, int succeeded, int failed) {}
}
