package dev.tutti.models;

import dev.tutti.core.backplane.Health;
import dev.tutti.core.bus.Bus;
import dev.tutti.core.explain.Explanation;
import dev.tutti.core.explain.Workings;
import dev.tutti.core.run.Engine;
import dev.tutti.core.run.LaneStatus;
import dev.tutti.core.store.Command;
import dev.tutti.core.store.Timer;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Says what a deployment, and with it each of its models, waits for. */
final class DeploymentWaits {

  private static final int HOLDERS = 5;

  private final Engine engine;
  private final Bus bus;
  private final Deployments deployments;
  private final Workings workings;

  DeploymentWaits(Engine engine, Bus bus, Deployments deployments) {
    this.engine = engine;
    this.bus = bus;
    this.deployments = deployments;
    this.workings = new Workings(engine);
  }

  /** Places: how many are free, who holds them, who comes before. */
  void places(Explanation.Draft draft, Deployment deployment) {
    int limit = deployments.admission().limit();
    int used = deployments.admission().used();
    List<String> queue =
        engine.lanes().waiting(DeploymentCommand.ADMISSION_LANE).stream()
            .map(DeploymentWaits::admitted)
            .distinct()
            .toList();
    int position = queue.indexOf(deployment.id());
    String before =
        position > 0
            ? "; %s before it, %s first"
                .formatted(
                    Workings.counted(position, "deployment is", "deployments are"),
                    queue.getFirst())
            : "; it is the next one";
    draft.waits(
        "places",
        "It needs %d places and %d of %d are free (limits.workloads)%s. %s."
            .formatted(
                deployment.models().total(), Math.max(0, limit - used), limit, before, holders()),
        deployment.created(),
        null);
    workings.lane(draft, DeploymentCommand.ADMISSION_LANE);
    draft.advise(
        "Wait until others end, stop one (`tutti deployment stop ID`), or start the server with a higher TUTTI_LIMITS_WORKLOADS if the machine bears it.");
  }

  private static String admitted(Command<?> command) {
    return command.body() instanceof DeploymentCommand.OfDeployment(String id) ? id : "";
  }

  private String holders() {
    Map<String, Integer> holders = deployments.admission().holders();
    if (holders.isEmpty()) {
      return "Nobody holds any";
    }
    String most =
        holders.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(HOLDERS)
            .map(holder -> "%s (%d)".formatted(holder.getKey(), holder.getValue()))
            .collect(Collectors.joining(", "));
    return "Places are held by " + most + (holders.size() > HOLDERS ? ", …" : "");
  }

  /** The request is read, and its models get their records. */
  void launch(Explanation.Draft draft, Deployment deployment) {
    Optional<LaneStatus> lane = workings.lane(draft, "launch/" + deployment.id());
    draft.waits(
        "records",
        "%d of its %d models have a record; %s."
            .formatted(
                deployment.models().accepted(),
                deployment.models().total(),
                lane.map(Workings::tries).orElse("the others are on their way")),
        deployment.created(),
        null);
  }

  /** Models have to say that they are ready, until the start time-out at the latest. */
  void readiness(Explanation.Draft draft, Deployment deployment, String sentence) {
    Optional<Instant> deadline = startTimeout(deployment);
    draft.waits(
        "ready",
        sentence
            + (deadline.isPresent()
                ? "."
                : "; the start time-out of %d s begins when all models have a record."
                    .formatted(deployments.settings().startTimeout().toSeconds())),
        deployment.created(),
        deadline.orElse(null));
    draft.advise(
        "A model that runs and is not ready: read its output (`tutti model logs`), and check that its MQTT_HOST, MQTT_PORT and account reach the broker. One that needs longer: TUTTI_START_TIMEOUT.");
  }

  private Optional<Instant> startTimeout(Deployment deployment) {
    return engine.timersOf(deployment.key().owner()).stream()
        .filter(timer ->
            DeploymentTimer.parse(timer.name())
                .filter(t ->
                    t.purpose() == DeploymentTimer.Purpose.START_TIMEOUT
                        && t.attempt() == deployment.attempt())
                .isPresent())
        .map(Timer::due)
        .findFirst();
  }

  /** Notices that wait for the broker. */
  void notices(Explanation.Draft draft, SimulationKey key) {
    Optional<LaneStatus> lane = workings.lane(draft, Notice.lane(key));
    Health broker = bus.health();
    lane.filter(l -> l.tries() > 0 || !broker.healthy())
        .ifPresent(l -> {
          draft.waits(
              "broker",
              "%s to the simulator %s for the broker (%s); the first is %s, %s."
                  .formatted(
                      Workings.counted(l.waiting(), "notice", "notices"),
                      l.waiting() == 1 ? "waits" : "wait",
                      broker.detail(),
                      l.command(),
                      Workings.tries(l)),
              l.since(),
              null);
          draft.advise(
              "Bring the MQTT broker back (`tutti doctor` tells what is wrong with it); the notices leave by themselves then, in order, and nothing is lost.");
        });
  }

  /** All timers of this attempt, in words. */
  void timers(Explanation.Draft draft, Deployment deployment) {
    timers(draft, deployment, _ -> true);
  }

  /** The timers of its deployment that will do something to a model. */
  void timers(Explanation.Draft draft, Deployment deployment, ModelState model) {
    timers(draft, deployment, purpose -> concerns(purpose, model));
  }

  private void timers(
      Explanation.Draft draft, Deployment deployment, Predicate<DeploymentTimer.Purpose> wanted) {
    workings.timers(
        draft,
        deployment.key().owner(),
        timer ->
            DeploymentTimer.parse(timer.name())
                .filter(t -> t.attempt() == deployment.attempt())
                .map(DeploymentTimer::purpose)
                .filter(wanted)
                .map(DeploymentWaits::meaning));
  }

  private static boolean concerns(DeploymentTimer.Purpose purpose, ModelState model) {
    return switch (purpose) {
      case START_TIMEOUT -> model == ModelState.CREATED;
      case DONE_GRACE, STOP -> !model.ended();
      case REPEAT, REMOVE, FORGET -> model.ended();
    };
  }

  private static String meaning(DeploymentTimer.Purpose purpose) {
    return switch (purpose) {
      case START_TIMEOUT -> "Models that are not ready by then have failed (start time-out)";
      case DONE_GRACE -> "What still runs after SimulationDone is stopped";
      case STOP -> "The next models are stopped";
      case REPEAT -> "The ends of models are told again";
      case REMOVE -> "Workloads and their output are deleted (keepLogsHours are over)";
      case FORGET -> "The records are deleted (their retention is over)";
    };
  }
}
