package dev.tutti.models;

import dev.tutti.api.DeployRequest;
import dev.tutti.api.DeploymentView;
import dev.tutti.api.ModelView;
import dev.tutti.api.Page;
import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.policy.Violation;
import dev.tutti.core.store.Query;
import dev.tutti.core.store.Store;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Form;
import dev.tutti.core.surface.Listing;
import dev.tutti.core.surface.Making;
import dev.tutti.core.surface.Parameter;
import dev.tutti.core.surface.Request;
import dev.tutti.core.surface.Requester;
import dev.tutti.core.workload.WorkloadLogs;
import dev.tutti.dots.EnvironmentVariable;
import dev.tutti.dots.LifecycleMessage.DeployModels;
import dev.tutti.dots.ModelConfiguration;
import dev.tutti.dots.ModelId;
import dev.tutti.dots.SimulationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The routes of deployments and their models. */
public final class DeploymentEndpoints {

  private static final List<String> STATES =
      Stream.of(DeploymentState.values()).map(DeploymentState::word).toList();
  private static final List<String> MODEL_STATES =
      Stream.of(ModelState.values()).map(ModelState::word).toList();

  private final Deployments deployments;
  private final ModelRecords records;
  private final WorkloadLogs logs;

  public DeploymentEndpoints(Deployments deployments, Store store, WorkloadLogs logs) {
    this.deployments = deployments;
    this.records = new ModelRecords(store);
    this.logs = logs;
  }

  /** All routes, below the base of our API. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/deployments", "Lists deployments.", Page.class, this::list)
            .paged(
                DeploymentView.class,
                List.of(
                    Parameter.states(STATES),
                    Parameter.query("simulation", Form.text(), "Only those of this simulation id."),
                    Parameter.query("simulator", Form.text(), "Only those of this simulator name."),
                    Listing.SINCE)),
        Endpoint.post(
                "/deployments",
                "Deploys models; an equal deployment that is alive is left as it is.",
                DeployRequest.class,
                DeploymentView.class,
                new Making(
                    Deployment.KIND, this::deploy, id -> Answer.created(records.deployment(id))))
            .answering(201, "It is durable; its models are started as soon as there are places.")
            .refusing(400, "invalid-deployment")
            .refusing(409, "deployment-alive")
            .refusing(422, "policy-denied")
            .deciding(),
        Endpoint.get(
                "/deployments/{id}",
                "Shows a deployment.",
                DeploymentView.class,
                r -> Answer.ok(records.deployment(r.path("id"))))
            .about(Deployment.KIND, "id"),
        Endpoint.post(
                "/deployments/{id}/stop",
                "Ends all models of a deployment.",
                Void.class,
                DeploymentView.class,
                this::stop)
            .about(Deployment.KIND, "id")
            .answering(202, "Its models are asked to end.")
            .deciding(),
        Endpoint.post(
                "/deployments/{id}/retry",
                "Lets a deployment in quarantine decide on the message that failed again.",
                Void.class,
                Void.class,
                r -> released(() -> deployments.retry(r.path("id"), Requester.of(r))))
            .refusing(409, "not-stuck"),
        Endpoint.post(
                "/deployments/{id}/skip",
                "Lets a deployment in quarantine go on without the message that failed.",
                Void.class,
                Void.class,
                r -> released(() -> deployments.skip(r.path("id"), Requester.of(r))))
            .refusing(409, "not-stuck"),
        Endpoint.get("/models", "Lists models.", Page.class, this::models)
            .paged(
                ModelView.class,
                List.of(
                    Parameter.query("deployment", Form.text(), "Only those of this deployment."),
                    Parameter.states(MODEL_STATES),
                    Listing.NAME,
                    Parameter.query("image", Form.text(), "Only those that run this image."),
                    Listing.SINCE)),
        Endpoint.get(
                "/models/{id}",
                "Shows a model, with the last lines of its output once it ended.",
                ModelView.class,
                r -> Answer.ok(records.model(r.path("id"))))
            .about(Model.KIND, "id"),
        Endpoint.post(
                "/models/{id}/stop", "Ends a model.", Void.class, ModelView.class, this::stopModel)
            .about(Model.KIND, "id")
            .answering(202, "It is asked to end.")
            .deciding(),
        Endpoint.get(
                "/models/{id}/logs",
                "Gives the output of a model, the last lines of it, or follows it.",
                Void.class,
                r -> logs.answer(r, records.find(r.path("id")).workload()))
            .with(WorkloadLogs.PARAMETERS)
            .giving(WorkloadLogs.TEXT));
  }

  private static Answer released(Runnable release) {
    release.run();
    return Answer.noContent();
  }

  private Answer list(Request request) {
    Listing listing = Listing.of(request);
    Predicate<String> simulation = listing.being("simulation");
    Predicate<String> simulator = listing.being("simulator");
    Predicate<Instant> since = listing.since();
    return records.deployments(
        listing,
        request.states(STATES),
        deployment ->
            simulation.test(deployment.simulationId())
                && simulator.test(deployment.simulatorName())
                && since.test(deployment.created()));
  }

  private Answer models(Request request) {
    Listing listing = Listing.of(request);
    Predicate<String> name = listing.containing("name");
    Predicate<String> image = listing.being("image");
    Predicate<Instant> since = listing.since();
    return records.models(
        listing,
        Query.childrenOf(request.query("deployment").orElse(""))
            .inStates(request.states(MODEL_STATES)),
        model ->
            name.test(model.modelId()) && image.test(model.image()) && since.test(model.created()));
  }

  private Answer stop(Request request) throws InterruptedException {
    deployments.stop(request.path("id"));
    return new Answer.Json(202, records.deployment(request.path("id")));
  }

  private Answer stopModel(Request request) throws InterruptedException {
    deployments.stopModel(request.path("id"));
    return new Answer.Json(202, records.model(request.path("id")));
  }

  private Answer deploy(Request request) throws InterruptedException {
    DeployRequest asked = request.body(DeployRequest.class);
    String name =
        Objects.requireNonNullElse(
                asked.simulatorName(), deployments.settings().simulatorNames().getFirst())
            .toLowerCase(Locale.ROOT);
    requireValid(asked, name);
    List<ModelConfiguration> models =
        asked.models().stream()
            .map(m -> new ModelConfiguration(m.id(), m.image(), variables(m.environment())))
            .toList();
    requireAllowed(models);
    double keep = Objects.requireNonNullElse(asked.keepLogsHours(), 0.0);
    String deployment =
        deployments.deploy(
            new SimulationKey(name, asked.simulationId()),
            new DeployModels(asked.simulatorId(), models, keep));
    return Answer.created(records.deployment(deployment));
  }

  private void requireAllowed(List<ModelConfiguration> models) {
    List<String> denied = new ArrayList<>();
    Set<String> advice = new LinkedHashSet<>();
    for (int i = 0; i < models.size(); i++) {
      ModelConfiguration model = models.get(i);
      for (Violation violation :
          deployments
              .settings()
              .policy()
              .violations(model.imageUrl(), model.environment().keySet())) {
        denied.add("models[%d]: rule '%s': %s".formatted(i, violation.rule(), violation.detail()));
        advice.add(violation.advice());
      }
    }
    if (!denied.isEmpty()) {
      throw new Failure.Rejected(
          Problem.of("policy-denied", 422, String.join("; ", denied) + ".")
              .suggesting(String.join(" ", advice)));
    }
  }

  private static List<EnvironmentVariable> variables(
      @org.jspecify.annotations.Nullable Map<String, String> environment) {
    return environment == null
        ? List.of()
        : environment.entrySet().stream()
            .map(e -> new EnvironmentVariable(e.getKey(), e.getValue()))
            .toList();
  }

  /** A person is told everything that is wrong at once, where a message would harm only itself. */
  private void requireValid(DeployRequest asked, String name) {
    List<String> wrong = new ArrayList<>();
    if (!deployments.settings().simulatorNames().contains(name)) {
      wrong.add(
          "simulatorName: '%s' is not served here, only %s"
              .formatted(name, deployments.settings().simulatorNames()));
    }
    SimulationId.problem(asked.simulationId()).ifPresent(p -> wrong.add("simulationId: " + p));
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < asked.models().size(); i++) {
      DeployRequest.ModelRequest model = asked.models().get(i);
      String at = "models[%d].id: ".formatted(i);
      ModelId.problem(model.id()).ifPresent(p -> wrong.add(at + p));
      if (!seen.add(model.id())) {
        wrong.add(at + "'%s' is listed twice".formatted(model.id()));
      }
    }
    if (!(Objects.requireNonNullElse(asked.keepLogsHours(), 0.0) >= 0)) {
      wrong.add("keepLogsHours: is 0 or more");
    }
    if (!wrong.isEmpty()) {
      throw new Failure.Rejected(
          Problem.of("invalid-deployment", 400, String.join("; ", wrong) + "."));
    }
  }
}
