package dev.tutti.models.simulated;

import dev.tutti.backplane.testkit.Plan;
import dev.tutti.backplane.testkit.SimulatedBackplane;
import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.Health;
import dev.tutti.core.backplane.LogOptions;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.ObservationListener;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A backplane that survives the orchestrator and cannot be trusted: it is away, gives no answer,
 * reports late, twice, in any order or not at all, and its list lacks what runs.
 */
final class UnreliableBackplane implements Backplane {

  private record Report(WorkloadId id, Observation observation) {}

  private final Surroundings world;
  private final Danger danger;
  private final Oracle oracle;
  private final SimulatedBackplane inner;
  private final List<Report> reports = new ArrayList<>();
  private Optional<ObservationListener> listener = Optional.empty();

  UnreliableBackplane(
      Surroundings world, Danger danger, Oracle oracle, Function<WorkloadSpec, Plan> script) {
    this.world = world;
    this.danger = danger;
    this.oracle = oracle;
    this.inner =
        new SimulatedBackplane(
            spec -> {
              Plan plan = script.apply(spec);
              oracle.started(spec);
              return plan;
            },
            world.time(),
            world.time());
    inner.watch(this::happened);
    oracle.ask(this::running);
  }

  private void happened(WorkloadId id, Observation observation) {
    oracle.happened(id, observation);
    if (listener.isEmpty() || world.dice().happens(world.faults().lostObservation())) {
      return;
    }
    reports.add(new Report(id, observation));
    if (world.dice().happens(world.faults().repeatedObservation())) {
      reports.add(new Report(id, observation));
    }
  }

  /** Reports one of the things that happened, not always the first. */
  boolean report() {
    if (reports.isEmpty() || listener.isEmpty()) {
      return false;
    }
    Report next = world.dice().happens(0.7) ? reports.removeFirst() : world.dice().take(reports);
    world.trace().add("report " + next.observation() + " of " + next.id());
    listener.get().observed(next.id(), next.observation());
    return true;
  }

  /** The process that listened is gone. */
  void unwatch() {
    listener = Optional.empty();
    reports.clear();
  }

  private void reach(String what) {
    requireThere();
    danger.at("before " + what);
    requireThere();
  }

  private void requireThere() {
    if (world.faults().backplaneAway()) {
      throw new Failure.Unavailable("the backplane is away");
    }
  }

  private void answer(String what) {
    if (world.dice().happens(world.faults().unknown())) {
      throw new Failure.OutcomeUnknown("the backplane did not answer to " + what);
    }
    danger.at("after " + what);
  }

  @Override
  public String name() {
    return "unreliable";
  }

  @Override
  public void start(WorkloadSpec spec) {
    reach("start");
    world.trace().add("start " + spec.id());
    if (world.flaw() == Flaw.BACKPLANE_STARTS_AGAIN && inner.started().contains(spec)) {
      oracle.started(spec);
    }
    inner.start(spec);
    answer("start");
  }

  @Override
  public void stop(WorkloadId id, Duration grace) {
    reach("stop");
    world.trace().add("stop " + id);
    inner.stop(id, grace);
    answer("stop");
  }

  @Override
  public void remove(WorkloadId id) {
    reach("remove");
    world.trace().add("remove " + id);
    inner.remove(id);
    answer("remove");
  }

  @Override
  public List<Observed> list() {
    reach("list");
    List<Observed> told = new ArrayList<>();
    for (Observed seen : sorted()) {
      if (world.dice().happens(world.faults().lie())) {
        world.trace().add("the list lacks " + seen.id());
        oracle.deniedToBeThere(seen.id());
      } else {
        told.add(seen);
      }
    }
    danger.at("after list");
    return told;
  }

  private List<Observed> sorted() {
    return inner.list().stream().sorted(Comparator.comparing(Observed::id)).toList();
  }

  @Override
  public void watch(ObservationListener to) {
    listener = Optional.of(to);
  }

  @Override
  public InputStream logs(WorkloadId id, LogOptions options) {
    reach("logs");
    return inner.logs(id, options);
  }

  @Override
  public Health health() {
    return inner.health();
  }

  @Override
  public void close() {}

  // What happens to workloads by themselves.

  List<WorkloadId> running() {
    return sorted().stream().filter(o -> !o.observation().terminal()).map(Observed::id).toList();
  }

  boolean isRunning(WorkloadId id) {
    return running().contains(id);
  }

  void exit(WorkloadId id, int code) {
    inner.exit(id, code);
  }

  void vanish(WorkloadId id) {
    inner.vanish(id);
  }

  int known() {
    return inner.list().size();
  }
}
