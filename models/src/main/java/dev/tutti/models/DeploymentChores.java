package dev.tutti.models;

import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.run.Decision;
import dev.tutti.core.run.Facts;
import dev.tutti.core.workload.Workload;
import dev.tutti.core.workload.WorkloadCommand;
import dev.tutti.core.workload.WorkloadState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a deployment does by the clock, a slice of its models at a time. */
final class DeploymentChores {

  private static final int SLICE = 60;
  private static final Duration NOW = Duration.ZERO;
  private static final Duration WORKLOAD_STILL_ENDING = Duration.ofSeconds(2);
  private static final Set<String> CREATED = Set.of(ModelState.CREATED.word());
  private static final Set<String> ALIVE =
      Set.of(ModelState.CREATED.word(), ModelState.RUNNING.word());
  private static final Set<String> ENDED =
      Set.of(ModelState.SUCCEEDED.word(), ModelState.FAILED.word());

  private final ModelsSettings settings;

  DeploymentChores(ModelsSettings settings) {
    this.settings = settings;
  }

  void fired(Progress progress, Facts facts, DeploymentTimer timer, Instant now) {
    switch (timer.purpose()) {
      case START_TIMEOUT -> expire(progress, facts, timer);
      case DONE_GRACE -> beginStop(progress, "Stopped after SimulationDone");
      case STOP -> stop(progress, facts, timer);
      case REPEAT -> repeat(progress, facts, timer);
      case REMOVE -> remove(progress, facts, timer, now);
      case FORGET -> forget(progress, facts, timer);
    }
  }

  private void expire(Progress progress, Facts facts, DeploymentTimer timer) {
    List<Model> late = slice(progress, facts, timer, CREATED);
    String why =
        "StartTimeout: not ready within %d s".formatted(settings.startTimeout().toSeconds());
    for (Model model : late) {
      Optional<Workload> delayed = neverStarted(facts, model);
      if (delayed.isPresent()) {
        progress.end(
            model, ExitCodes.START_FAILED, "StartFailed: %s".formatted(delayed.get().reason()));
      } else {
        progress.end(model, ExitCodes.TIME_OUT, why);
      }
      progress.stop(model);
    }
    goOn(progress, timer, late);
  }

  /** The workload of a model that the backplane could not start in all this time. */
  private static Optional<Workload> neverStarted(Facts facts, Model model) {
    return facts
        .find(Workload.KIND, model.workload())
        .filter(w -> w.state() == WorkloadState.PLANNED && !w.reason().isEmpty());
  }

  /** Begins to stop all models that are alive, and sees to it that no more are started. */
  void beginStop(Progress progress, String why) {
    Deployment deployment = progress.deployment();
    if (!deployment.state().alive() || deployment.stopping()) {
      return;
    }
    boolean waiting = deployment.state() == DeploymentState.QUEUED;
    progress.change(
        (waiting ? deployment.in(DeploymentState.STARTING, why) : deployment).asStopping(why));
    if (waiting) {
      DeploymentCommand.launch(progress.draft(), progress.deployment());
    }
    progress.timer(DeploymentTimer.stop(deployment.attempt()), NOW);
  }

  private static void stop(Progress progress, Facts facts, DeploymentTimer timer) {
    List<Model> running = slice(progress, facts, timer, ALIVE);
    running.forEach(progress::stop);
    goOn(progress, timer, running);
  }

  /**
   * Once all have ended, their ends are on their way already, and AllModelsHaveTerminated after
   * them.
   */
  private static void repeat(Progress progress, Facts facts, DeploymentTimer timer) {
    if (!progress.deployment().state().alive()) {
      return;
    }
    List<Model> ended = slice(progress, facts, timer, ENDED);
    for (Model model : ended) {
      Notice.modelHasTerminated(progress.draft(), progress.deployment().key(), model);
    }
    goOn(progress, timer, ended);
  }

  /** Deletes workloads; one that is still ending, after a start time-out, is waited for. */
  private static void remove(Progress progress, Facts facts, DeploymentTimer timer, Instant now) {
    List<Model> models = slice(progress, facts, timer, Set.of());
    String done = timer.after();
    for (Model model : models) {
      Optional<Workload> workload = facts.find(Workload.KIND, model.workload());
      if (workload.isPresent() && !workload.get().state().ended()) {
        progress.timer(timer.from(done), WORKLOAD_STILL_ENDING);
        return;
      }
      workload
          .filter(w -> w.state() == WorkloadState.ENDED)
          .ifPresent(w -> WorkloadCommand.remove(progress.draft(), w.removed(now)));
      done = model.id();
    }
    goOn(progress, timer, models);
  }

  private static void forget(Progress progress, Facts facts, DeploymentTimer timer) {
    List<Model> models = slice(progress, facts, timer, Set.of());
    Decision.Draft draft = progress.draft();
    for (Model model : models) {
      draft.delete(Workload.KIND, model.workload());
      draft.delete(Model.KIND, model.id());
    }
    if (models.size() == SLICE) {
      goOn(progress, timer, models);
      return;
    }
    Deployment deployment = progress.deployment();
    draft.delete(Deployment.KIND, deployment.id());
    String key = deployment.key().id();
    facts
        .find(Attempts.KIND, key)
        .filter(a -> a.latest() == deployment.attempt())
        .ifPresent(_ -> draft.delete(Attempts.KIND, key));
  }

  private static List<Model> slice(
      Progress progress, Facts facts, DeploymentTimer timer, Set<String> states) {
    return facts.children(Model.KIND, progress.deployment().id(), states, timer.after(), SLICE);
  }

  private static void goOn(Progress progress, DeploymentTimer timer, List<Model> done) {
    if (done.size() == SLICE) {
      progress.timer(timer.from(done.getLast().id()), NOW);
    }
  }
}
