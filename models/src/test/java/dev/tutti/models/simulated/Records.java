package dev.tutti.models.simulated;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.Timer;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import dev.tutti.core.workload.Workload;
import dev.tutti.models.Deployment;
import dev.tutti.models.DeploymentState;
import dev.tutti.models.Model;
import dev.tutti.models.ModelCounts;
import dev.tutti.models.ModelState;
import dev.tutti.models.SimulationKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is durable, followed commit by commit, and what must hold of it after each. */
final class Records {

  private static final Set<DeploymentState> ALIVE =
      Set.of(DeploymentState.QUEUED, DeploymentState.STARTING, DeploymentState.READY);

  private record TimerKey(OwnerRef owner, String name) {}

  private final int limit;
  private final Map<String, Deployment> deployments = new TreeMap<>();
  private final Map<String, Model> models = new TreeMap<>();
  private final Map<String, Workload> workloads = new TreeMap<>();
  private final Set<String> others = new HashSet<>();
  private final Map<TimerKey, Timer> timers = new HashMap<>();
  private final Map<Long, String> commands = new TreeMap<>();

  Records(int limit) {
    this.limit = limit;
  }

  void commit(Transaction transaction) {
    Set<String> touched = new LinkedHashSet<>();
    for (Write write : transaction.writes()) {
      apply(write, touched);
    }
    touched.forEach(this::check);
    if (!touched.isEmpty()) {
      atMostOneAliveOfAKey();
      placesSuffice();
    }
  }

  private void apply(Write write, Set<String> touched) {
    switch (write) {
      case Write.PutDocument<?> put -> put(put, touched);
      case Write.DeleteDocument(DocumentKind<?> kind, String id) -> delete(kind, id);
      case Write.AddCommand(var command) ->
          commands.put(command.number(), command.kind() + " " + command.body());
      case Write.ForgetCommand(long number) -> commands.remove(number);
      case Write.SetTimer(Timer timer) ->
          timers.put(new TimerKey(timer.owner(), timer.name()), timer);
      case Write.CancelTimer(OwnerRef owner, String name) ->
          timers.remove(new TimerKey(owner, name));
      case Write.AppendJournal(var entry) ->
          require(!entry.type().equals("owner.stuck"), "quarantined: %s", entry.message());
      case Write.MarkSent _ -> {}
    }
  }

  private void put(Write.PutDocument<?> put, Set<String> touched) {
    switch (put.body()) {
      case Deployment after -> {
        changed(Optional.ofNullable(deployments.put(after.id(), after)), after);
        touched.add(after.id());
      }
      case Model after -> {
        changed(Optional.ofNullable(models.put(after.id(), after)), after);
        touched.add(after.deployment());
      }
      case Workload after -> {
        changed(Optional.ofNullable(workloads.put(after.id(), after)), after);
        touched.add(after.group());
      }
      default -> others.add(put.kind() + " " + put.id());
    }
  }

  private void delete(DocumentKind<?> kind, String id) {
    deployments.remove(id);
    models.remove(id);
    workloads.remove(id);
    others.remove(kind + " " + id);
  }

  private static void changed(Optional<Deployment> before, Deployment after) {
    before.ifPresent(b ->
        require(
            b.state().compareTo(after.state()) <= 0,
            "deployment %s went from %s to %s",
            b.id(),
            b.state(),
            after.state()));
  }

  private static void changed(Optional<Model> before, Model after) {
    before.ifPresent(b -> {
      boolean ended = b.exitCode() != null;
      require(!ended || b.equals(after), "the end of a model changed: %s, %s", b, after);
      require(
          b.state() != ModelState.RUNNING || after.state() != ModelState.CREATED,
          "a model is no longer ready: %s",
          after);
    });
  }

  private static void changed(Optional<Workload> before, Workload after) {
    before.ifPresent(b ->
        require(
            !b.state().ended()
                || (after.state().ended()
                    && java.util.Objects.equals(b.exitCode(), after.exitCode())
                    && b.reason().equals(after.reason())),
            "the end of a workload changed: %s, %s",
            b,
            after));
  }

  private void check(String id) {
    Deployment deployment = deployments.get(id);
    if (deployment == null) {
      return;
    }
    List<Model> own = models(id);
    ModelCounts counts = deployment.models();
    require(
        counts.accepted() == own.size()
            && counts.created() == count(own, ModelState.CREATED)
            && counts.running() == count(own, ModelState.RUNNING)
            && counts.succeeded() == count(own, ModelState.SUCCEEDED)
            && counts.failed() == count(own, ModelState.FAILED),
        "the counters of %s are not those of its models: %s",
        deployment,
        own);
    boolean allEnded = counts.succeeded() + counts.failed() == counts.total();
    require(
        (deployment.state() == DeploymentState.ENDED) == allEnded,
        "ended is not when all models have: %s",
        deployment);
  }

  private static int count(List<Model> models, ModelState state) {
    return (int) models.stream().filter(m -> m.state() == state).count();
  }

  private void atMostOneAliveOfAKey() {
    Set<SimulationKey> keys = new HashSet<>();
    for (Deployment deployment : deployments.values()) {
      require(
          !ALIVE.contains(deployment.state()) || keys.add(deployment.key()),
          "two deployments of one key are alive: %s",
          deployment.key());
    }
  }

  /** Who was admitted has room for all its models, started or still to come. */
  private void placesSuffice() {
    long taken = workloads.values().stream().filter(w -> !w.state().ended()).count();
    for (Deployment d : deployments.values()) {
      boolean admitted =
          ALIVE.contains(d.state()) && d.state() != DeploymentState.QUEUED && !d.stopping();
      if (admitted && d.refusal().isEmpty()) {
        taken += d.models().total() - d.models().accepted();
      }
    }
    require(taken <= limit, "%d places are taken, there are %d", taken, limit);
  }

  // ---- what the oracle asks

  /** All deployments of a key that are on record, the oldest first. */
  List<Deployment> attempts(SimulationKey key) {
    return deployments.values().stream()
        .filter(d -> d.key().equals(key))
        .sorted(Comparator.comparingInt(Deployment::attempt))
        .toList();
  }

  List<Deployment> alive() {
    return deployments.values().stream().filter(d -> ALIVE.contains(d.state())).toList();
  }

  List<Model> models(String deployment) {
    return models.values().stream().filter(m -> m.deployment().equals(deployment)).toList();
  }

  Optional<Model> model(String id) {
    return Optional.ofNullable(models.get(id));
  }

  List<Workload> workloads() {
    return List.copyOf(workloads.values());
  }

  /** Once all is over, only what is kept for its time is left. */
  void checkQuiet() {
    require(alive().isEmpty(), "still alive: %s", alive());
    workloads.values().forEach(w -> require(w.state().ended(), "a workload has not ended: %s", w));
    require(commands.isEmpty(), "commands are left over: %s", commands);
    timers
        .keySet()
        .forEach(t ->
            require(
                t.name().startsWith("REMOVE") || t.name().startsWith("FORGET"),
                "a timer is left over: %s",
                t));
  }

  /** Once its time is over as well, nothing is left. */
  void checkEmpty() {
    require(deployments.isEmpty(), "deployments are left over: %s", deployments);
    require(models.isEmpty(), "models are left over: %s", models);
    require(workloads.isEmpty(), "workloads are left over: %s", workloads);
    require(others.isEmpty(), "documents are left over: %s", others);
    require(timers.isEmpty(), "timers are left over: %s", timers);
    require(commands.isEmpty(), "commands are left over: %s", commands);
  }

  /** The sentence is a format: what it takes is turned into text only if need be. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a library of its own
  static void require(boolean holds, String what, @Nullable Object... about) {
    if (!holds) {
      throw new Violation(what.formatted(about));
    }
  }
}
