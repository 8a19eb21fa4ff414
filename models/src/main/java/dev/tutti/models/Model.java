package dev.tutti.models;

import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One model of a deployment.
 *
 * @param deployment id of its deployment
 * @param modelId the id that its simulator gave it
 * @param workload id of the workload that runs it; empty when none was ever started
 * @param exitCode null until it ended
 * @param ready when it said that it is ready for processing
 */
public record Model(
    String deployment,
    String modelId,
    String image,
    ModelState state,
    String workload,
    @Nullable Integer exitCode,
    String reason,
    Instant created,
    @Nullable Instant ready,
    @Nullable Instant ended) {

  public static final DocumentKind<Model> KIND =
      DocumentKind.of(
          "model", Model.class, m -> new Attributes(m.deployment(), m.modelId(), m.state().word()));

  public String id() {
    return SimulationKey.model(deployment, modelId);
  }

  Model asReady(Instant now) {
    return new Model(
        deployment,
        modelId,
        image,
        ModelState.RUNNING,
        workload,
        exitCode,
        reason,
        created,
        now,
        ended);
  }

  Model asEnded(int code, String why, Instant now) {
    return new Model(
        deployment,
        modelId,
        image,
        code == 0 ? ModelState.SUCCEEDED : ModelState.FAILED,
        workload,
        code,
        why,
        created,
        ready,
        now);
  }

  /** The exit code of a model that ended. */
  int code() {
    return exitCode == null ? 0 : exitCode;
  }
}
