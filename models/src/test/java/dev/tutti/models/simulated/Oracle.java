package dev.tutti.models.simulated;

import static dev.tutti.models.simulated.Records.require;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import dev.tutti.core.store.Command;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import dev.tutti.models.Deployment;
import dev.tutti.models.DeploymentState;
import dev.tutti.models.Model;
import dev.tutti.models.SimulationKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Knows what must hold, whatever goes wrong. It hears what really happens (on the disk, on the
 * backplane, at the broker), never what the orchestrator believes, and throws a {@link Violation}.
 */
final class Oracle {

  private final int limit;
  private final Records records;
  private final Told told = new Told();
  private final Map<String, Observation> ends = new HashMap<>();
  private Supplier<List<WorkloadId>> alive = List::of;
  private final Set<String> everStarted = new HashSet<>();
  private final Set<String> subjects = new HashSet<>();
  private final Set<String> denied = new HashSet<>();
  private final Set<String> readySaid = new HashSet<>();
  private final Set<String> readyTold = new HashSet<>();
  private final Set<String> endTold = new HashSet<>();
  private final Set<String> allEndedTold = new HashSet<>();
  private final Requested requested = new Requested();

  Oracle(int limit) {
    this.limit = limit;
    this.records = new Records(limit);
  }

  Records records() {
    return records;
  }

  long repeated() {
    return told.repeated();
  }

  /** How often some simulator was told so. */
  long told(String what) {
    return told.times(what);
  }

  void sent(SimulationKey key, String simulatorId) {
    requested.sent(key, simulatorId, records.alive().stream().anyMatch(d -> d.key().equals(key)));
  }

  // ---- the disk

  void committed(Transaction transaction) {
    records.commit(transaction);
    for (Write write : transaction.writes()) {
      switch (write) {
        case Write.AddCommand(Command<?> command) -> decided(command);
        case Write.MarkSent(long number) -> told.marked(number);
        case Write.ForgetCommand(long number) -> told.forgotten(number);
        case Write.PutDocument<?> put when put.body() instanceof Deployment d -> accepted(put, d);
        case Write.PutDocument<?> put when put.body() instanceof Model m -> changed(m);
        case Write.PutDocument<?> _,
            Write.DeleteDocument _,
            Write.AppendJournal _,
            Write.SetTimer _,
            Write.CancelTimer _ -> {}
      }
    }
  }

  private void accepted(Write.PutDocument<?> put, Deployment deployment) {
    if (put.expectedVersion() == 0) {
      requested.accepted(deployment);
    }
  }

  private void changed(Model model) {
    SimulationKey key = key(model);
    if (model.ready() != null) {
      require(
          readySaid.contains(key.id() + "/" + model.modelId()),
          "ready without having said so: %s",
          model);
    }
    Integer code = model.exitCode();
    Observation end = ends.get(model.workload());
    boolean byUs =
        model.reason().startsWith("StartTimeout")
            || model.reason().startsWith("Stopped before start")
            || model.reason().startsWith("StartFailed")
            || !everStarted.contains(model.workload());
    if (code == null || byUs || denied.contains(model.workload())) {
      return;
    }
    require(end != null, "ended while its workload runs: %s", model);
    int real = end instanceof Observation.Exited(int c, String _, boolean _) ? c : 255;
    require(code == real, "its workload ended as %s: %s", end, model);
  }

  private static SimulationKey key(Model model) {
    String deployment = model.deployment();
    return SimulationKey.of(
        new OwnerRef(
            SimulationKey.OWNER_KIND, deployment.substring(0, deployment.lastIndexOf('~'))));
  }

  private void decided(Command<?> command) {
    told.decided(command);
    if (!command.lane().startsWith("notices/")) {
      return;
    }
    String what = Said.of(command);
    if (what.startsWith("Reason")) {
      return;
    }
    // A commit can end one attempt and begin the next: the first that is not over is meant.
    Deployment about =
        records.attempts(SimulationKey.of(command.owner())).stream()
            .filter(d -> !allEndedTold.contains(instance(d)))
            .findFirst()
            .orElseThrow(() -> new Violation("a notice about nothing: " + command));
    switch (what.split(" ", -1)[0]) {
      case "ModelsReady" -> {
        require(about.ready() != null, "ModelsReady when it is not: %s", about);
        require(
            records.models(about.id()).stream().allMatch(m -> m.ready() != null),
            "ModelsReady before all models are: %s",
            about);
        require(readyTold.add(instance(about)), "ModelsReady is decided twice: %s", about);
      }
      case "ModelHasTerminated" -> {
        Model model =
            records
                .model(about.id() + "~" + what.split(" ", -1)[1])
                .orElseThrow(() -> new Violation("the end of no model: " + what));
        require(
            what.equals(
                Said.terminated(model.modelId(), Optional.ofNullable(model.exitCode()).orElse(-1))),
            "'%s' is told of %s",
            what,
            model);

        endTold.add(instance(about) + "/" + model.modelId());
      }
      case "AllModelsHaveTerminated" -> {
        require(about.state() == DeploymentState.ENDED, "all have ended, but not %s", about);
        for (Model model : records.models(about.id())) {
          require(
              endTold.contains(instance(about) + "/" + model.modelId()),
              "nobody was told of the end of %s",
              model);
        }
        require(allEndedTold.add(instance(about)), "the end of all is decided twice: %s", about);
      }
      default -> {}
    }
  }

  /** Numbers of attempts begin anew when records are forgotten; instants do not. */
  private static String instance(Deployment deployment) {
    return deployment.id() + "@" + deployment.content();
  }

  // ---- the backplane

  /** Whom to ask what really runs: news of an end can get lost. */
  void ask(Supplier<List<WorkloadId>> backplane) {
    alive = backplane;
  }

  void started(WorkloadSpec spec) {
    String id = spec.id().value();
    require(everStarted.add(id), "started again: %s", id);
    String subject = String.valueOf(spec.labels().get("tutti.subject"));
    require(
        subjects.add(subject + "@" + requested.attemptOf(subject)), "started twice: %s", subject);
    List<String> others = honest().filter(other -> !other.equals(id)).toList();
    require(others.size() < limit, "%s and %s run, the limit is %d", others, id, limit);
  }

  /** What really runs, apart from what the backplane had denied once. */
  private Stream<String> honest() {
    return alive.get().stream().map(WorkloadId::value).filter(id -> !denied.contains(id));
  }

  void happened(WorkloadId id, Observation observation) {
    if (observation.terminal()) {
      ends.putIfAbsent(id.value(), observation);
    }
  }

  /** A list lacked a workload that is there: from now on the orchestrator may believe it gone. */
  void deniedToBeThere(WorkloadId id) {
    denied.add(id.value());
  }

  // ---- the broker

  void delivered(String topic) {
    requested.readyIn(topic).ifPresent(readySaid::addAll);
  }

  void acknowledged(String topic, byte[] payload) {
    requested.acknowledged(topic, payload);
  }

  void published(String topic, byte[] payload) {
    told.published(Said.of(topic, payload));
  }

  void unanswered(String topic, byte[] payload, boolean arrived) {
    told.unanswered(Said.of(topic, payload), arrived);
  }

  // ---- the process

  void crashed() {
    told.crashed();
  }

  void checkQuiet() {
    records.checkQuiet();
    told.checkAll();
    requested.checkAll();
    List<String> left = honest().sorted().toList();
    require(left.isEmpty(), "workloads are left over: %s", left);
  }

  void checkEmpty() {
    records.checkEmpty();
    List<String> left = alive.get().stream().map(WorkloadId::value).toList();
    require(left.isEmpty(), "workloads are left over: %s", left);
  }
}
