package dev.tutti.models;

import dev.tutti.core.run.Decision;
import dev.tutti.core.run.Facts;
import dev.tutti.core.workload.Workload;
import dev.tutti.core.workload.WorkloadCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Collects what one message changes in one deployment: its models, its counters, what is told about
 * them, and what follows when the last model is ready or has ended. Lives as long as one decision.
 */
final class Progress {

  private final ModelsSettings settings;
  private final Facts facts;
  private final Instant now;
  private final SimulationKey key;
  private final Decision.Draft draft = Decision.draft();
  private final Deployment before;
  private Deployment deployment;

  Progress(ModelsSettings settings, Facts facts, Deployment deployment, Instant now) {
    this.settings = settings;
    this.facts = facts;
    this.before = deployment;
    this.deployment = deployment;
    this.key = deployment.key();
    this.now = now;
  }

  Decision.Draft draft() {
    return draft;
  }

  Deployment deployment() {
    return deployment;
  }

  void change(Deployment next) {
    deployment = next;
  }

  /** A model gets its record, and a workload that is going to run it. */
  void create(Model model, Workload workload) {
    draft.put(Model.KIND, model.id(), model);
    WorkloadCommand.start(draft, workload);
    change(deployment.counting(deployment.models().accept(ModelState.CREATED)));
    draft.journal(
        "model.created",
        model.id(),
        "Model %s/%s is being started from %s."
            .formatted(key.simulationId(), model.modelId(), model.image()),
        Map.of("model", model.modelId(), "image", model.image(), "workload", model.workload()));
  }

  /** A model gets a record that says why it is never started. */
  void createEnded(Model model) {
    change(deployment.counting(deployment.models().accept(model.state())));
    ended(model);
    draft.freePlace(deployment.id());
  }

  void ready(Model model) {
    Model after = model.asReady(now);
    draft.put(Model.KIND, after.id(), after);
    change(deployment.counting(deployment.models().move(model.state(), after.state())));
    draft.journal(
        "model.running",
        after.id(),
        "Model %s/%s is ready for processing.".formatted(key.simulationId(), after.modelId()),
        Map.of("model", after.modelId()));
  }

  void end(Model model, int code, String reason) {
    Model after = model.asEnded(code, reason, now);
    change(deployment.counting(deployment.models().move(model.state(), after.state())));
    ended(after);
  }

  private void ended(Model model) {
    draft.put(Model.KIND, model.id(), model);
    draft.journal(
        "model.terminated",
        model.id(),
        "Model %s/%s ended with exit code %d: %s"
            .formatted(key.simulationId(), model.modelId(), model.code(), model.reason()),
        Map.of(
            "model", model.modelId(),
            "state", model.state().word(),
            "exitCode", model.code(),
            "reason", model.reason()));
    Notice.modelHasTerminated(draft, key, model);
  }

  /** Asks the workload of a model to end; the model ends when the workload has. */
  void stop(Model model) {
    facts
        .find(Workload.KIND, model.workload())
        .filter(w -> !w.state().ended() && !w.stopping())
        .ifPresent(w -> WorkloadCommand.stop(draft, w, settings.stopGrace()));
  }

  void timer(DeploymentTimer timer, Duration in) {
    draft.timer(timer.name(), now.plus(in));
  }

  /** What follows from all of it. */
  Decision decided() {
    if (deployment.state().alive()) {
      if (deployment.models().allEnded()) {
        conclude();
      } else if (deployment.state() == DeploymentState.STARTING
          && deployment.models().allRunning()) {
        allReady();
      }
    }
    if (!deployment.equals(before)) {
      draft.put(Deployment.KIND, deployment.id(), deployment);
    }
    return draft.decided();
  }

  private void allReady() {
    change(deployment.asReady(now));
    draft.cancelTimer(DeploymentTimer.startTimeout(deployment.attempt()).name());
    draft.journal(
        "deployment.ready",
        deployment.id(),
        "All %d models of simulation %s are ready."
            .formatted(deployment.models().total(), key.simulationId()),
        Map.of("models", deployment.models().total()));
    Notice.modelsReady(draft, key);
  }

  private void conclude() {
    change(deployment.asEnded(now));
    int attempt = deployment.attempt();
    draft.cancelTimer(DeploymentTimer.startTimeout(attempt).name());
    draft.cancelTimer(DeploymentTimer.doneGrace(attempt).name());
    timer(DeploymentTimer.remove(attempt), keepLogs());
    timer(DeploymentTimer.forget(attempt), longer(settings.retention(), keepLogs()));
    ModelCounts models = deployment.models();
    draft.journal(
        "deployment.ended",
        deployment.id(),
        "All %d models of simulation %s have ended, %d of them with a failure."
            .formatted(models.total(), key.simulationId(), models.failed()),
        Map.of(
            "models", models.total(), "succeeded", models.succeeded(), "failed", models.failed()));
    Notice.allModelsHaveTerminated(draft, key);
  }

  private Duration keepLogs() {
    return Duration.ofMillis(Math.round(deployment.keepLogsHours() * 3_600_000));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
