package dev.tutti.models;

import dev.tutti.core.Failure;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.Problem;
import dev.tutti.core.run.Engine;
import dev.tutti.core.run.Receipt;
import dev.tutti.core.store.Blobs;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.Query;
import dev.tutti.core.store.Space;
import dev.tutti.core.store.UnreadableDocument;
import dev.tutti.core.workload.Admission;
import dev.tutti.core.workload.Workload;
import dev.tutti.core.workload.WorkloadState;
import dev.tutti.dots.LifecycleMessage.DeployModels;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be done with deployments, whoever asks: a message, a REST client, a restart. */
public final class Deployments {

  private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);
  private static final Logger WALKTHROUGH = LoggerFactory.getLogger("dev.tutti.models");
  private static final int MODELS_NAMED = 100;

  /** Where deployments wait for places: as long as others run, and that is as it should be. */
  public static final String ADMISSION_LANE = DeploymentCommand.ADMISSION_LANE;

  private final Engine engine;
  private final ModelsSettings settings;
  private final Admission admission;
  private final Requests requests;
  private final Blobs blobs;

  /** Registers what decides and executes; nothing runs before the engine recovers. */
  public Deployments(Engine engine, Blobs blobs, ModelsSettings settings) {
    this.engine = engine;
    this.settings = settings;
    this.blobs = blobs;
    this.requests = new Requests(blobs);
    this.admission =
        new Admission(
            settings.placesLimit(), () -> engine.lanes().nudge(DeploymentCommand.ADMISSION_LANE));
    engine.onPlaceFreed(admission::freeOne);
    engine.register(new DeploymentDecisions(settings));
    new DeploymentHandlers(engine, admission, requests).register();
    engine
        .metrics()
        .gauge("tutti_places_used", "Workloads that are admitted and alive.", admission::used);
    engine
        .metrics()
        .gauge("tutti_places_limit", "Workloads that may be admitted.", admission::limit);
  }

  Admission admission() {
    return admission;
  }

  public ModelsSettings settings() {
    return settings;
  }

  /**
   * Takes places again for what is alive. Comes before the engine recovers, or a waiting deployment
   * would find places that are not free.
   */
  public void restorePlaces() {
    Map<String, Integer> places = new HashMap<>();
    // Of a model that was not ready in time, the workload may still run, and be the last to.
    forEachRunning(workload -> places.merge(workload.group(), 1, Integer::sum));
    forEachAlive(deployment -> {
      ModelCounts models = deployment.models();
      if (deployment.state() != DeploymentState.QUEUED && deployment.refusal().isEmpty()) {
        places.merge(deployment.id(), models.total() - models.accepted(), Integer::sum);
      }
    });
    places.forEach(admission::restore);
  }

  /**
   * Resumes what was waiting, and deletes requests that nobody needs; after the engine recovered.
   */
  public void resume() {
    Set<String> needed = new HashSet<>();
    List<UnreadableDocument> unreadable =
        forEachAlive(deployment -> {
          needed.add(deployment.blob());
          if (!deployment.models().allAccepted()) {
            engine.strands().tell(deployment.key().owner(), new DeploymentMessage.Resume());
          }
        });
    if (!unreadable.isEmpty()) {
      // Nobody knows what those need.
      return;
    }
    blobs.list().stream().filter(blob -> !needed.contains(blob)).forEach(blobs::delete);
  }

  private void forEachRunning(Consumer<Workload> action) {
    Set<String> states =
        Stream.of(WorkloadState.values())
            .filter(state -> !state.ended())
            .map(WorkloadState::word)
            .collect(Collectors.toSet());
    forEach(Workload.KIND, states, action);
  }

  private List<UnreadableDocument> forEachAlive(Consumer<Deployment> action) {
    Set<String> states =
        Stream.of(DeploymentState.values())
            .filter(DeploymentState::alive)
            .map(DeploymentState::word)
            .collect(Collectors.toSet());
    return forEach(Deployment.KIND, states, action);
  }

  private <T extends Record> List<UnreadableDocument> forEach(
      DocumentKind<T> kind, Set<String> states, Consumer<T> action) {
    return engine.store().each(kind, Query.all().inStates(states), d -> action.accept(d.body()));
  }

  /**
   * Asks for a deployment and waits until the answer is durable.
   *
   * @throws Failure.Rejected when another one of this key is alive
   * @throws Failure.Unavailable when there is no room to record what would follow
   */
  public String deploy(SimulationKey key, DeployModels request) throws InterruptedException {
    requireSpace(key);
    String blob = requests.keep(request);
    DeployOutcome outcome;
    try {
      outcome = engine.strands().ask(key.owner(), deploy(request, blob), DeployOutcome.class);
    } catch (Failure.Rejected | Failure.NotFound refused) {
      requests.discard(blob);
      throw refused;
    }
    return switch (outcome) {
      case DeployOutcome.Accepted(String deployment) -> {
        announce(key, request);
        yield deployment;
      }
      case DeployOutcome.Unchanged(String deployment) -> {
        requests.discard(blob);
        yield deployment;
      }
      case DeployOutcome.Refused(Problem problem) -> {
        requests.discard(blob);
        throw new Failure.Rejected(problem);
      }
    };
  }

  /**
   * Asks for a deployment without waiting.
   *
   * @param durable told once the answer is durable, or final in another way; never when Tutti ends
   *     before that
   * @throws Failure.Unavailable when there is no room to record what would follow
   */
  public void deploy(SimulationKey key, DeployModels request, Runnable durable) {
    requireSpace(key);
    String blob = requests.keep(request);
    engine
        .strands()
        .tell(
            key.owner(),
            deploy(request, blob),
            new Receipt() {
              @Override
              public void decided(Optional<Object> reply) {
                // First: a request that cannot be deleted now is at the next start.
                durable.run();
                switch (reply.orElseThrow()) {
                  case DeployOutcome.Accepted _ -> announce(key, request);
                  case DeployOutcome.Refused(Problem problem) -> {
                    LOG.warn("{}", problem.detail());
                    requests.discard(blob);
                  }
                  default -> requests.discard(blob);
                }
              }

              @Override
              public void refused(RuntimeException why) {
                LOG.warn(
                    "simulation {} could not be deployed: {}",
                    key.simulationId(),
                    why.getMessage());
                if (!(why instanceof Failure.Unavailable)) {
                  durable.run();
                }
                requests.discard(blob);
              }
            });
  }

  /** What is asked of a deployment that is alive begins nothing new. */
  private void requireSpace(SimulationKey key) {
    Space space = engine.store().space();
    // The records are looked at only then: one that cannot be read is a matter of its strand.
    if (space.level() != Space.Level.ENOUGH && !isAlive(key)) {
      space.requireForNewWork();
    }
  }

  /** In the words of the original, as all that {@link Walkthrough} says. */
  private static void announce(SimulationKey key, DeployModels request) {
    WALKTHROUGH.info(
        "Adding models [{}] for simulation {} to inventory",
        request.modelConfigurations().stream()
            .limit(MODELS_NAMED)
            .map(model -> "'" + ModelRules.shortened(model.modelId()) + "'")
            .collect(Collectors.joining(", ")),
        key.simulationId());
  }

  private static DeploymentMessage.Deploy deploy(DeployModels request, String blob) {
    return new DeploymentMessage.Deploy(
        request.simulatorId(),
        Requests.content(request),
        blob,
        Requests.distinctModels(request).size(),
        request.keepLogsHours());
  }

  /** Ends all models of a deployment. Returns once that is durable, not once they have ended. */
  public void stop(String deployment) throws InterruptedException {
    Deployment found = find(deployment);
    engine
        .strands()
        .ask(found.key().owner(), new DeploymentMessage.Stop(deployment), DeployOutcome.class);
  }

  /** Ends one model. Returns once that is durable, not once it has ended. */
  public void stopModel(String model) throws InterruptedException {
    Model found =
        engine
            .store()
            .find(Model.KIND, model)
            .map(Document::body)
            .orElseThrow(() -> new Failure.NotFound("model", model));
    engine
        .strands()
        .ask(
            find(found.deployment()).key().owner(),
            new DeploymentMessage.StopModel(model),
            DeployOutcome.class);
  }

  private Deployment find(String id) {
    return engine
        .store()
        .find(Deployment.KIND, id)
        .map(Document::body)
        .orElseThrow(() -> new Failure.NotFound("deployment", id));
  }

  /**
   * The owner of a deployment, given by its id or by its owner's: one that is stuck over its first
   * request has no deployment yet.
   */
  OwnerRef owner(String id) {
    Optional<Deployment> known = engine.store().find(Deployment.KIND, id).map(Document::body);
    if (known.isPresent()) {
      return known.get().key().owner();
    }
    OwnerRef owner = new OwnerRef(SimulationKey.OWNER_KIND, id);
    if (engine.strands().stuck().contains(owner)) {
      return owner;
    }
    throw new Failure.NotFound("deployment", id);
  }

  /** Lets a deployment in quarantine decide on the message that failed again. */
  void retry(String id, String by) {
    engine.strands().retry(owner(id), by);
  }

  /** Lets a deployment in quarantine go on without the message that failed. */
  void skip(String id, String by) {
    engine.strands().skip(owner(id), by);
  }

  /** Passes on a message about a simulation; it is told once the decision is durable. */
  void tell(SimulationKey key, DeploymentMessage message, Receipt receipt) {
    engine.strands().tell(key.owner(), message, receipt);
  }

  /** Whether a key has a deployment that is alive. */
  boolean isAlive(SimulationKey key) {
    return engine
        .store()
        .find(Attempts.KIND, key.id())
        .flatMap(a -> engine.store().find(Deployment.KIND, key.deployment(a.body().latest())))
        .filter(d -> d.body().state().alive())
        .isPresent();
  }
}
