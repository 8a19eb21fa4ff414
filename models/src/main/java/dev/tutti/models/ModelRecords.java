package dev.tutti.models;

import dev.tutti.api.DeploymentView;
import dev.tutti.api.ModelView;
import dev.tutti.api.Page;
import dev.tutti.core.Failure;
import dev.tutti.core.run.Stuck;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.DocumentPage;
import dev.tutti.core.store.Query;
import dev.tutti.core.store.Store;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Listing;
import dev.tutti.core.workload.Workload;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads deployments and models as the API shows them. */
public final class ModelRecords {

  private final Store store;

  public ModelRecords(Store store) {
    this.store = store;
  }

  /** A page of deployments, in the order of their ids. */
  public Page<DeploymentView> deployments(Set<String> states, String after, int limit) {
    DocumentPage<Deployment> page =
        store.page(Deployment.KIND, new Query("", states, after, limit));
    return new Page<>(
        page.bodies().stream().map(d -> view(d, stuck(d))).toList(),
        page.next().map(Query::after).orElse(null));
  }

  /** The page of deployments that a request asks for. */
  Answer.Listed deployments(Listing listing, Set<String> states, Predicate<Deployment> wanted) {
    return listing.page(
        store,
        Deployment.KIND,
        Query.all().inStates(states),
        d -> wanted.test(d.body()),
        d -> view(d.body(), stuck(d.body())));
  }

  /** The page of models that a request asks for. */
  Answer.Listed models(Listing listing, Query from, Predicate<Model> wanted) {
    return listing.page(
        store, Model.KIND, from, d -> wanted.test(d.body()), d -> view(d.body(), List.of()));
  }

  /** Why the deployment decides nothing, if its owner is in quarantine. */
  private Optional<String> stuck(Deployment deployment) {
    return store
        .find(Stuck.KIND, deployment.key().owner().toString())
        .map(Document::body)
        .map(stuck -> "stuck: %s failed: %s".formatted(stuck.message(), stuck.reason()));
  }

  /** One deployment. */
  public DeploymentView deployment(String id) {
    return store
        .find(Deployment.KIND, id)
        .map(d -> view(d.body(), stuck(d.body())))
        .orElseThrow(() -> new Failure.NotFound("deployment", id));
  }

  /** A page of models, of one deployment unless that is empty, in the order of their ids. */
  public Page<ModelView> models(String deployment, Set<String> states, String after, int limit) {
    DocumentPage<Model> page = store.page(Model.KIND, new Query(deployment, states, after, limit));
    return new Page<>(
        page.bodies().stream().map(model -> view(model, List.of())).toList(),
        page.next().map(Query::after).orElse(null));
  }

  /** One model, with the last lines of its output. */
  public ModelView model(String id) {
    Model model = find(id);
    List<String> lastLines =
        store
            .find(Workload.KIND, model.workload())
            .map(w -> w.body().lastLines())
            .orElse(List.of());
    return view(model, lastLines);
  }

  Model find(String id) {
    return store
        .find(Model.KIND, id)
        .map(Document::body)
        .orElseThrow(() -> new Failure.NotFound("model", id));
  }

  private static DeploymentView view(Deployment deployment, Optional<String> stuck) {
    ModelCounts models = deployment.models();
    return new DeploymentView(
        deployment.id(),
        deployment.simulatorName(),
        deployment.simulatorId(),
        deployment.simulationId(),
        deployment.attempt(),
        deployment.state().word(),
        stuck.orElse(deployment.reason()),
        new DeploymentView.ModelCounts(
            models.total(),
            models.created(),
            models.running(),
            models.succeeded(),
            models.failed()),
        deployment.keepLogsHours(),
        deployment.created(),
        deployment.ready(),
        deployment.ended());
  }

  private static ModelView view(Model model, List<String> lastLines) {
    return new ModelView(
        model.id(),
        model.deployment(),
        model.modelId(),
        model.image(),
        model.state().word(),
        model.exitCode(),
        model.reason(),
        model.workload(),
        model.created(),
        model.ready(),
        model.ended(),
        lastLines);
  }
}
