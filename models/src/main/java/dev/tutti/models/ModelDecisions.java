package dev.tutti.models;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.run.Decision;
import dev.tutti.core.run.Facts;
import dev.tutti.core.workload.LastLinesCollected;
import dev.tutti.core.workload.Workload;
import dev.tutti.core.workload.WorkloadChanged;
import dev.tutti.core.workload.WorkloadCommand;
import dev.tutti.core.workload.WorkloadState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What happens to one model: it starts, says that it is ready, ends, is stopped. */
final class ModelDecisions {

  private final ModelsSettings settings;

  ModelDecisions(ModelsSettings settings) {
    this.settings = settings;
  }

  /** A model said that it is ready (T2); the topic names a simulation, so its latest deployment. */
  Decision ready(Optional<Deployment> latest, Facts facts, String modelId, Instant now) {
    Optional<Deployment> alive = latest.filter(d -> d.state().alive());
    Optional<Model> model =
        alive.flatMap(d -> facts.find(Model.KIND, SimulationKey.model(d.id(), modelId)));
    if (model.isEmpty()) {
      throw new Failure.NotFound("model that is alive", modelId);
    }
    if (model.get().state() != ModelState.CREATED) {
      return Decision.nothing();
    }
    Progress progress = new Progress(settings, facts, alive.orElseThrow(), now);
    progress.ready(model.get());
    return progress.decided();
  }

  /** A workload started, or ended and with it its model. */
  Decision changed(Facts facts, WorkloadChanged changed, Instant now) {
    Workload workload = changed.after();
    Optional<Model> model = facts.find(Model.KIND, workload.subject());
    if (!workload.state().ended()) {
      return workload.state() == WorkloadState.RUNNING && model.isPresent()
          ? started(model.get())
          : Decision.nothing();
    }
    Optional<Deployment> deployment =
        model.flatMap(m -> facts.find(Deployment.KIND, m.deployment()));
    if (deployment.isEmpty()) {
      return Decision.nothing();
    }
    Progress progress = new Progress(settings, facts, deployment.get(), now);
    if (!model.orElseThrow().state().ended()) {
      Integer code = workload.exitCode();
      progress.end(
          model.orElseThrow(), code == null ? ExitCodes.VANISHED : code, workload.reason());
    }
    WorkloadCommand.collect(progress.draft(), workload.id());
    return progress.decided();
  }

  /** A model whose process runs is not ready yet: only it can say that. */
  private static Decision started(Model model) {
    return Decision.draft()
        .journal(
            "model.started",
            model.id(),
            "The process of model %s runs.".formatted(model.modelId()),
            Map.of("model", model.modelId()))
        .decided();
  }

  /** The last lines of a crash are in its record now. */
  Decision collected(Facts facts, LastLinesCollected collected) {
    Optional<Model> failed =
        facts
            .find(Workload.KIND, collected.workloadId())
            .flatMap(w -> facts.find(Model.KIND, w.subject()))
            .filter(m -> m.state() == ModelState.FAILED);
    if (failed.isEmpty() || collected.lines().isEmpty()) {
      return Decision.nothing();
    }
    Model model = failed.get();
    Decision.Draft draft = Decision.draft();
    facts
        .find(Deployment.KIND, model.deployment())
        .ifPresent(d -> Notice.reason(draft, d.key(), model, collected.lines()));
    return draft
        .journal(
            "model.crash-log",
            model.id(),
            "The last %d lines of model %s are kept."
                .formatted(collected.lines().size(), model.modelId()),
            Map.of("model", model.modelId(), "exitCode", model.code()))
        .decided();
  }

  /** A person wants one model to end. */
  Decision stop(Facts facts, String id, Instant now) {
    Model model = facts.find(Model.KIND, id).orElseThrow(() -> new Failure.NotFound("model", id));
    Deployment deployment =
        facts
            .find(Deployment.KIND, model.deployment())
            .orElseThrow(() -> new Failure.NotFound("deployment", model.deployment()));
    Progress progress = new Progress(settings, facts, deployment, now);
    progress.stop(model);
    progress.draft().reply(new DeployOutcome.Unchanged(deployment.id()));
    return progress.decided();
  }
}
