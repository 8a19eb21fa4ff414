package dev.tutti.models;

import dev.tutti.core.Failure;
import dev.tutti.core.Message;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.Problem;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.run.Decision;
import dev.tutti.core.run.Facts;
import dev.tutti.core.run.OwnerBehaviour;
import dev.tutti.core.run.TimerFired;
import dev.tutti.core.workload.LastLinesCollected;
import dev.tutti.core.workload.Workload;
import dev.tutti.core.workload.WorkloadChanged;
import dev.tutti.dots.ModelConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The state machine of deployments and their models: what each message means, without effects.
 *
 * <p>Invariants: the counters of a deployment are those of its models' records; an ended model
 * stays as it ended; ModelsReady is decided once per deployment, AllModelsHaveTerminated after the
 * last ModelHasTerminated; a simulation id has at most one deployment that is alive.
 */
final class DeploymentDecisions implements OwnerBehaviour {

  private static final int STOPPED = ExitCodes.signal(15);

  private final ModelsSettings settings;
  private final DeploymentChores chores;
  private final ModelDecisions models;

  DeploymentDecisions(ModelsSettings settings) {
    this.settings = settings;
    this.chores = new DeploymentChores(settings);
    this.models = new ModelDecisions(settings);
  }

  @Override
  public String kind() {
    return SimulationKey.OWNER_KIND;
  }

  @Override
  public Decision decide(OwnerRef owner, Facts facts, Message message, Instant now) {
    SimulationKey key = SimulationKey.of(owner);
    return switch (message) {
      case DeploymentMessage said -> said(key, facts, said, now);
      case WorkloadChanged changed -> models.changed(facts, changed, now);
      case LastLinesCollected lines -> models.collected(facts, lines);
      case TimerFired timer -> fired(key, facts, timer, now);
      default -> Decision.nothing();
    };
  }

  private Decision said(SimulationKey key, Facts facts, DeploymentMessage message, Instant now) {
    return switch (message) {
      case DeploymentMessage.Deploy deploy -> deploy(key, facts, deploy, now);
      case DeploymentMessage.Admitted(String id) -> admitted(facts, id, now);
      case DeploymentMessage.Accept accept -> accept(facts, accept, now);
      case DeploymentMessage.RequestLost(String id) -> requestLost(facts, id, now);
      case DeploymentMessage.Ready(String modelId) ->
          models.ready(latest(key, facts), facts, modelId, now);
      case DeploymentMessage.SimulationDone _ -> simulationDone(key, facts, now);
      case DeploymentMessage.Stop(String id) -> stop(facts, id, now);
      case DeploymentMessage.StopModel(String id) -> models.stop(facts, id, now);
      case DeploymentMessage.NoticeInDoubt(String why) -> noticeInDoubt(key, facts, why);
      case DeploymentMessage.Resume _ -> resume(key, facts, now);
    };
  }

  // ---- a request for a deployment

  private Decision deploy(
      SimulationKey key, Facts facts, DeploymentMessage.Deploy deploy, Instant now) {
    Optional<Deployment> alive = latest(key, facts).filter(d -> d.state().alive());
    if (alive.isEmpty()) {
      return newDeployment(key, facts, deploy, now);
    }
    return alive.get().content().equals(deploy.content())
        ? unchanged(facts, alive.get(), now)
        : refused(key, alive.get());
  }

  private Decision newDeployment(
      SimulationKey key, Facts facts, DeploymentMessage.Deploy deploy, Instant now) {
    int attempt = facts.find(Attempts.KIND, key.id()).map(Attempts::latest).orElse(0) + 1;
    KeepLogs keep = KeepLogs.of(deploy.keepLogsHours());
    Deployment queued =
        new Deployment(
            key.simulatorName(),
            ModelRules.shortened(deploy.simulatorId()),
            key.simulationId(),
            attempt,
            DeploymentState.QUEUED,
            "",
            deploy.content(),
            deploy.blob(),
            ModelCounts.expecting(deploy.models()),
            keep.hours(),
            false,
            "",
            now,
            null,
            null);
    Progress progress = new Progress(settings, facts, queued, now);
    Decision.Draft draft = progress.draft();
    draft.put(
        Attempts.KIND, key.id(), new Attempts(key.simulatorName(), key.simulationId(), attempt));
    draft.put(Deployment.KIND, queued.id(), queued);
    draft.journal(
        "deployment.accepted",
        queued.id(),
        "Simulation %s asked for %d models.".formatted(key.simulationId(), deploy.models()),
        Map.of("models", deploy.models(), "simulator", queued.simulatorId()));
    keep.notice().ifPresent(text -> say(draft, key, queued, "deployment.notice", text));
    draft.reply(new DeployOutcome.Accepted(queued.id()));
    if (deploy.models() > settings.placesLimit()) {
      refuseWhole(progress, deploy.models());
    } else if (deploy.models() > 0) {
      DeploymentCommand.admit(draft, queued.id());
    } else {
      DeploymentCommand.discard(draft, queued);
    }
    return progress.decided();
  }

  private void refuseWhole(Progress progress, int models) {
    String why =
        "TooManyModels: it asks for %d workloads at once, limits.workloads is %d"
            .formatted(models, settings.placesLimit());
    progress.change(progress.deployment().refused(why));
    DeploymentCommand.launch(progress.draft(), progress.deployment());
  }

  private Decision unchanged(Facts facts, Deployment alive, Instant now) {
    Progress progress = new Progress(settings, facts, alive, now);
    progress.timer(DeploymentTimer.repeat(alive.attempt()), Duration.ZERO);
    progress.draft().reply(new DeployOutcome.Unchanged(alive.id()));
    return progress.decided();
  }

  private static Decision refused(SimulationKey key, Deployment alive) {
    String why =
        "Simulation %s is refused: another deployment of this id is still %s (%d models alive)."
            .formatted(key.simulationId(), alive.state().word(), alive.models().alive());
    Decision.Draft draft = Decision.draft();
    say(draft, key, alive, "deployment.refused", why);
    return draft
        .reply(
            new DeployOutcome.Refused(
                Problem.of("deployment-alive", 409, why)
                    .suggesting("Stop it first, or use another simulation id.")))
        .decided();
  }

  private static void say(
      Decision.Draft draft, SimulationKey key, Deployment about, String type, String text) {
    draft.journal(type, about.id(), text, Map.of());
    Notice.reason(draft, key, text);
  }

  private Decision admitted(Facts facts, String id, Instant now) {
    Optional<Deployment> queued =
        facts.find(Deployment.KIND, id).filter(d -> d.state() == DeploymentState.QUEUED);
    if (queued.isEmpty()) {
      return Decision.nothing();
    }
    Progress progress = new Progress(settings, facts, queued.get(), now);
    progress.change(queued.get().in(DeploymentState.STARTING, ""));
    DeploymentCommand.launch(progress.draft(), progress.deployment());
    return progress.decided();
  }

  private Decision accept(Facts facts, DeploymentMessage.Accept accept, Instant now) {
    Optional<Deployment> found = facts.find(Deployment.KIND, accept.deployment());
    if (found.isEmpty() || found.get().models().accepted() != accept.from()) {
      return Decision.nothing();
    }
    Progress progress = new Progress(settings, facts, found.get(), now);
    for (ModelConfiguration configuration : accept.models()) {
      acceptOne(progress, configuration, now);
    }
    if (progress.deployment().models().allAccepted()) {
      DeploymentCommand.discard(progress.draft(), progress.deployment());
      progress.change(progress.deployment().withoutBlob());
      progress.timer(
          DeploymentTimer.startTimeout(progress.deployment().attempt()), settings.startTimeout());
    }
    return progress.decided();
  }

  private void acceptOne(Progress progress, ModelConfiguration asked, Instant now) {
    Optional<String> problem =
        ModelRules.problem(asked).or(() -> ModelRules.denial(settings.policy(), asked));
    Deployment deployment = progress.deployment();
    SimulationKey key = deployment.key();
    String modelId = ModelRules.recorded(asked.modelId());
    String id = SimulationKey.model(deployment.id(), modelId);
    WorkloadId workload = WorkloadNames.of(key, id, modelId, now);
    Model created =
        new Model(
            deployment.id(),
            modelId,
            ModelRules.shortened(asked.imageUrl()),
            ModelState.CREATED,
            workload.value(),
            null,
            "",
            now,
            null,
            null);
    if (deployment.stopping()) {
      progress.createEnded(created.asEnded(STOPPED, "Stopped before start", now));
    } else if (!deployment.refusal().isEmpty()) {
      progress.createEnded(created.asEnded(ExitCodes.REFUSED, deployment.refusal(), now));
    } else if (problem.isPresent()) {
      progress.createEnded(created.asEnded(ExitCodes.REFUSED, problem.get(), now));
    } else {
      progress.create(
          created,
          Workload.planned(
              key.owner(),
              workload,
              deployment.id(),
              id,
              asked.imageUrl(),
              asked.environment(),
              now));
    }
  }

  private Decision requestLost(Facts facts, String id, Instant now) {
    Optional<Deployment> found = facts.find(Deployment.KIND, id);
    if (found.isEmpty() || found.get().models().allAccepted()) {
      return Decision.nothing();
    }
    Progress progress = new Progress(settings, facts, found.get(), now);
    ModelCounts models = found.get().models();
    String why =
        "the request could not be read any more; %d of %d models were never started"
            .formatted(models.total() - models.accepted(), models.total());
    say(progress.draft(), found.get().key(), found.get(), "deployment.request-lost", why);
    progress.change(
        found
            .get()
            .in(DeploymentState.STARTING, why)
            .counting(
                new ModelCounts(
                    models.accepted(),
                    models.accepted(),
                    models.created(),
                    models.running(),
                    models.succeeded(),
                    models.failed())));
    return progress.decided();
  }

  // ---- stopping

  private Decision simulationDone(SimulationKey key, Facts facts, Instant now) {
    Optional<Deployment> alive = latest(key, facts).filter(d -> d.state().alive());
    if (alive.isEmpty() || alive.get().stopping()) {
      return Decision.nothing();
    }
    Progress progress = new Progress(settings, facts, alive.get(), now);
    progress
        .draft()
        .journal(
            "deployment.simulation-done",
            alive.get().id(),
            "Simulation %s is done; what still runs in %d s is stopped."
                .formatted(key.simulationId(), settings.doneGrace().toSeconds()),
            Map.of("models", alive.get().models().alive()));
    progress.timer(DeploymentTimer.doneGrace(alive.get().attempt()), settings.doneGrace());
    return progress.decided();
  }

  private Decision stop(Facts facts, String id, Instant now) {
    Deployment deployment =
        facts.find(Deployment.KIND, id).orElseThrow(() -> new Failure.NotFound("deployment", id));
    Progress progress = new Progress(settings, facts, deployment, now);
    chores.beginStop(progress, "Stopped by request");
    progress.draft().reply(new DeployOutcome.Unchanged(id));
    return progress.decided();
  }

  // ---- time and restarts

  private Decision fired(SimulationKey key, Facts facts, TimerFired fired, Instant now) {
    Optional<DeploymentTimer> timer = DeploymentTimer.parse(fired.name());
    Optional<Deployment> deployment =
        timer.flatMap(t -> facts.find(Deployment.KIND, key.deployment(t.attempt())));
    if (deployment.isEmpty()) {
      return Decision.nothing();
    }
    Progress progress = new Progress(settings, facts, deployment.get(), now);
    chores.fired(progress, facts, timer.orElseThrow(), now);
    return progress.decided();
  }

  /** The simulator is told on the additive topic, which it may hear or not. */
  private static Decision noticeInDoubt(SimulationKey key, Facts facts, String why) {
    Decision.Draft draft = Decision.draft();
    latest(key, facts).ifPresent(d -> say(draft, key, d, "deployment.notice-in-doubt", why));
    return draft.decided();
  }

  private Decision resume(SimulationKey key, Facts facts, Instant now) {
    Optional<Deployment> alive = latest(key, facts).filter(d -> d.state().alive());
    if (alive.isEmpty()) {
      return Decision.nothing();
    }
    Progress progress = new Progress(settings, facts, alive.get(), now);
    if (alive.get().state() == DeploymentState.QUEUED) {
      DeploymentCommand.admit(progress.draft(), alive.get().id());
    } else if (!alive.get().models().allAccepted()) {
      DeploymentCommand.launch(progress.draft(), alive.get());
    }
    return progress.decided();
  }

  private static Optional<Deployment> latest(SimulationKey key, Facts facts) {
    return facts
        .find(Attempts.KIND, key.id())
        .flatMap(a -> facts.find(Deployment.KIND, key.deployment(a.latest())));
  }
}
