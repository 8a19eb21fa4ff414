package dev.tutti.models;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.bus.Bus;
import dev.tutti.core.explain.Explainer;
import dev.tutti.core.explain.Explanation;
import dev.tutti.core.explain.Workings;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.Query;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Explains deployments: places, models that are not ready or not ended, notices, timers. */
public final class DeploymentExplainer implements Explainer {

  private static final int NAMED = 5;

  private final Engine engine;
  private final Backplane backplane;
  private final Workings workings;
  private final DeploymentWaits waits;

  public DeploymentExplainer(Engine engine, Bus bus, Backplane backplane, Deployments deployments) {
    this.engine = engine;
    this.backplane = backplane;
    this.workings = new Workings(engine);
    this.waits = new DeploymentWaits(engine, bus, deployments);
  }

  @Override
  public String kind() {
    return "deployment";
  }

  @Override
  public String plural() {
    return "deployments";
  }

  @Override
  public Explanation explain(String id) {
    Deployment deployment =
        engine
            .store()
            .find(Deployment.KIND, id)
            .map(Document::body)
            .orElseThrow(() -> new Failure.NotFound("deployment", id));
    Explanation.Draft draft = Explanation.of(kind(), id);
    workings.strand(draft, deployment.key().owner());
    draft.state(deployment.state().word(), deployment.created(), "");
    Workings.guarded(draft, () -> describe(draft, deployment));
    waits.notices(draft, deployment.key());
    waits.timers(draft, deployment);
    workings.history(draft, deployment.key().owner(), "");
    return draft.explained();
  }

  private void describe(Explanation.Draft draft, Deployment deployment) {
    switch (deployment.state()) {
      case QUEUED -> queued(draft, deployment);
      case STARTING -> starting(draft, deployment);
      case READY -> ready(draft, deployment);
      case ENDED -> ended(draft, deployment);
    }
  }

  private void queued(Explanation.Draft draft, Deployment deployment) {
    draft.state(
        "queued",
        deployment.created(),
        "It is accepted, and waits for places for all of its models (%d)."
            .formatted(deployment.models().total()));
    waits.places(draft, deployment);
  }

  private void starting(Explanation.Draft draft, Deployment deployment) {
    ModelCounts models = deployment.models();
    draft.state(
        "starting",
        deployment.created(),
        "%d of its %d models are ready, %d ended."
                .formatted(models.running(), models.total(), models.succeeded() + models.failed())
            + because(deployment));
    // First what failed: it is often why the others wait.
    ends(draft, deployment);
    if (!models.allAccepted()) {
      waits.launch(draft, deployment);
    }
    if (models.created() > 0) {
      waits.readiness(
          draft,
          deployment,
          "%s to say ReadyForProcessing: %s"
              .formatted(
                  Workings.counted(models.created(), "model has", "models have"),
                  named(deployment, ModelState.CREATED)));
    }
    if (models.succeeded() + models.failed() > 0 && models.alive() > 0) {
      draft.advise(
          "%s ended before all were ready, so ModelsReady is never sent; `tutti deployment stop %s` ends the others."
              .formatted(
                  Workings.counted(models.succeeded() + models.failed(), "model", "models"),
                  deployment.id()));
    }
    backplane(draft);
  }

  private void ready(Explanation.Draft draft, Deployment deployment) {
    ModelCounts models = deployment.models();
    draft.state(
        "ready",
        deployment.ready(),
        "All models (%d) were ready, and ModelsReady was decided; %d run, %d ended."
                .formatted(models.total(), models.running(), models.succeeded() + models.failed())
            + because(deployment));
    if (deployment.stopping()) {
      draft.waits(
          "end",
          "%s to end: %s"
              .formatted(
                  Workings.counted(models.alive(), "model has", "models have"),
                  named(deployment, ModelState.RUNNING)),
          null,
          null);
    }
    ends(draft, deployment);
  }

  private void ended(Explanation.Draft draft, Deployment deployment) {
    ModelCounts models = deployment.models();
    draft.state(
        "ended",
        deployment.ended(),
        "All models (%d) ended: %d well, %d with a failure."
                .formatted(models.total(), models.succeeded(), models.failed())
            + because(deployment));
    ends(draft, deployment);
  }

  /** The failure that came first, which is often the cause of the others. */
  private void ends(Explanation.Draft draft, Deployment deployment) {
    if (deployment.models().failed() == 0) {
      return;
    }
    Optional<Model> first =
        models(deployment, ModelState.FAILED).stream()
            .min(Comparator.comparing(m -> Objects.requireNonNullElse(m.ended(), Instant.MAX)));
    first.ifPresent(model -> {
      draft.failed(ModelEnd.error(model));
      draft.advise(
          "%s failed first: `tutti model explain %s` says why."
              .formatted(model.modelId(), model.id()));
    });
  }

  private void backplane(Explanation.Draft draft) {
    if (!backplane.health().healthy()) {
      draft.waits(
          "backplane",
          "The %s backplane is not well: %s."
              .formatted(backplane.name(), backplane.health().detail()),
          null,
          null);
      draft.advise(
          "Mend the %s backplane; starts go on by themselves then.".formatted(backplane.name()));
    }
  }

  private String named(Deployment deployment, ModelState state) {
    List<Model> models = models(deployment, state);
    String names =
        models.stream().limit(NAMED).map(Model::modelId).collect(Collectors.joining(", "));
    return models.size() > NAMED ? names + ", …" : names;
  }

  private List<Model> models(Deployment deployment, ModelState state) {
    return engine
        .store()
        .page(Model.KIND, Query.childrenOf(deployment.id()).inStates(Set.of(state.word())))
        .bodies();
  }

  private static String because(Deployment deployment) {
    return deployment.reason().isEmpty() ? "" : " " + deployment.reason() + ".";
  }
}
