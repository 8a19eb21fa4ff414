package dev.tutti.models;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.bus.Bus;
import dev.tutti.core.explain.Explainer;
import dev.tutti.core.explain.Explanation;
import dev.tutti.core.explain.Workings;
import dev.tutti.core.explain.WorkloadExplainer;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.Document;
import dev.tutti.core.workload.Workload;
import dev.tutti.core.workload.WorkloadState;
import java.util.Optional;

/** Explains models: of its deployment, its workload and its notices, what concerns it. */
public final class ModelExplainer implements Explainer {

  private final Engine engine;
  private final Workings workings;
  private final WorkloadExplainer workloads;
  private final DeploymentWaits waits;

  public ModelExplainer(Engine engine, Bus bus, Backplane backplane, Deployments deployments) {
    this.engine = engine;
    this.workings = new Workings(engine);
    this.workloads = new WorkloadExplainer(engine, backplane);
    this.waits = new DeploymentWaits(engine, bus, deployments);
  }

  @Override
  public String kind() {
    return "model";
  }

  @Override
  public String plural() {
    return "models";
  }

  @Override
  public Explanation explain(String id) {
    Model model =
        engine
            .store()
            .find(Model.KIND, id)
            .map(Document::body)
            .orElseThrow(() -> new Failure.NotFound("model", id));
    Deployment deployment =
        engine
            .store()
            .find(Deployment.KIND, model.deployment())
            .map(Document::body)
            .orElseThrow(() -> new Failure.NotFound("deployment", model.deployment()));
    Explanation.Draft draft = Explanation.of(kind(), id);
    workings.strand(draft, deployment.key().owner());
    Workings.guarded(draft, () -> describe(draft, model, deployment));
    waits.notices(draft, deployment.key());
    waits.timers(draft, deployment, model.state());
    workings.history(draft, deployment.key().owner(), id);
    return draft.explained();
  }

  private void describe(Explanation.Draft draft, Model model, Deployment deployment) {
    // First what the model's own record says: that of its workload may be unreadable.
    draft.state(model.state().word(), model.created(), "");
    Optional<Workload> workload =
        engine.store().find(Workload.KIND, model.workload()).map(Document::body);
    switch (model.state()) {
      case CREATED -> created(draft, model, deployment, workload);
      case RUNNING -> running(draft, model, deployment);
      case SUCCEEDED ->
          draft.state(
              "succeeded", model.ended(), "It was ready, worked, and ended with exit code 0.");
      case FAILED -> failed(draft, model);
    }
    workload.ifPresent(w -> workloads.describe(draft, w));
    if (model.state() == ModelState.FAILED) {
      // The model knows more of the step than its workload does.
      draft.failed(ModelEnd.error(model));
    }
  }

  private void created(
      Explanation.Draft draft, Model model, Deployment deployment, Optional<Workload> workload) {
    boolean runs = workload.filter(w -> w.state() == WorkloadState.RUNNING).isPresent();
    draft.state(
        "created",
        model.created(),
        runs
            ? "Its process runs, and has not said yet that it is ready."
            : "It has a record, and its process does not run yet.");
    waits.readiness(draft, deployment, "It has to say ReadyForProcessing");
  }

  private static void running(Explanation.Draft draft, Model model, Deployment deployment) {
    draft.state("running", model.ready(), "It said that it is ready for processing.");
    if (deployment.state() == DeploymentState.STARTING) {
      draft.waits(
          "others",
          "%d of the %d models of its deployment are ready; ModelsReady is sent when all are."
              .formatted(deployment.models().running(), deployment.models().total()),
          model.ready(),
          null);
      draft.advise(
          "`tutti deployment explain %s` names the models that are not ready."
              .formatted(deployment.id()));
    }
  }

  private static void failed(Explanation.Draft draft, Model model) {
    draft.state(
        "failed",
        model.ended(),
        "It failed while %s, with exit code %d%s."
            .formatted(
                switch (ModelEnd.step(model)) {
                  case "run" -> "it ran";
                  case "start" -> "it was started";
                  case "acceptance" -> "it was accepted";
                  default -> "it was to become ready";
                },
                model.code(),
                model.reason().isEmpty() ? "" : ": " + model.reason()));
    if (ModelEnd.notReadyInTime(model)) {
      draft.advise(
          "Read its output (`tutti model logs %s`): did it reach the broker (MQTT_HOST, MQTT_PORT and account in its environment), and did it send ReadyForProcessing? If it only needs longer, raise TUTTI_START_TIMEOUT."
              .formatted(model.id()));
    }
  }
}
