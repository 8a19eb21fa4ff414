package dev.tutti.backplane.testkit;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.Health;
import dev.tutti.core.backplane.LogOptions;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.ObservationListener;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.Particulars;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import dev.tutti.core.run.Alarms;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A backplane in memory: thousands of workloads that do what a script says, and every fault that a
 * test can think of. Nothing happens but by a call or an alarm, on the thread of either.
 *
 * <p>It outlives the orchestrator: {@link #close} only takes the listener away, and the next {@link
 * #watch} hears what was not heard before.
 */
public final class SimulatedBackplane implements Backplane {

  /** The calls that are counted. */
  public enum Call {
    START,
    STOP,
    REMOVE,
    LIST,
    WATCH,
    LOGS,
    HEALTH
  }

  private static final Alarms NO_TIME =
      (due, task) -> {
        throw new IllegalStateException("a plan that takes time needs alarms");
      };

  private final Function<WorkloadSpec, Plan> script;
  private final Alarms alarms;
  private final InstantSource clock;
  private final ConcurrentMap<WorkloadId, SimulatedWorkload> workloads = new ConcurrentHashMap<>();
  private final Queue<WorkloadSpec> started = new ConcurrentLinkedQueue<>();
  private final Deliveries deliveries = new Deliveries();
  private final Map<Call, AtomicLong> calls = new ConcurrentHashMap<>();
  private volatile boolean unavailable;
  private volatile boolean answersLost;
  private volatile @Nullable StartRefused refusal;

  /** With plans that take no time. */
  public SimulatedBackplane(Function<WorkloadSpec, Plan> script) {
    this(script, NO_TIME, InstantSource.system());
  }

  /**
   * With plans that take time.
   *
   * @param script what each workload does; may throw {@link StartRefused}
   */
  public SimulatedBackplane(
      Function<WorkloadSpec, Plan> script, Alarms alarms, InstantSource clock) {
    this.script = script;
    this.alarms = alarms;
    this.clock = clock;
  }

  /** Where each workload runs until it is stopped or a test ends it. */
  public static SimulatedBackplane untilAsked() {
    return new SimulatedBackplane(spec -> Plan.runsUntilAsked());
  }

  @Override
  public String name() {
    return "simulated";
  }

  @Override
  public void start(WorkloadSpec spec) {
    count(Call.START);
    StartRefused refused = refusal;
    if (refused != null && !workloads.containsKey(spec.id())) {
      throw refused;
    }
    requirePossible(spec);
    // The script may refuse, and then there is no workload.
    SimulatedWorkload workload =
        workloads.computeIfAbsent(
            spec.id(),
            id ->
                new SimulatedWorkload(spec, script.apply(spec), clock.instant(), deliveries::send));
    if (workload.takeStart()) {
      started.add(spec);
      begin(workload);
    }
    if (answersLost) {
      throw new Failure.OutcomeUnknown(
          "The answer was lost.", new IllegalStateException("simulated"));
    }
  }

  private static void requirePossible(WorkloadSpec spec) {
    spec.environment()
        .forEach((name, value) -> {
          if (name.isEmpty() || name.matches("(?s).*[=\0].*") || value.indexOf('\0') >= 0) {
            throw new StartRefused(
                ExitCodes.START_FAILED, "the environment variable '%s' cannot be".formatted(name));
          }
        });
  }

  private void begin(SimulatedWorkload workload) {
    act(workload::starting);
    after(
        workload.plan().startDelay(),
        () -> {
          workload.running();
          if (workload.plan().ending() instanceof Plan.Ending.Exits(int code)) {
            after(workload.plan().runTime(), () -> workload.exit(code));
          }
        });
  }

  private void after(Duration delay, Runnable task) {
    if (delay.isZero()) {
      act(task);
    } else {
      Alarms.Alarm ignored = alarms.at(clock.instant().plus(delay), () -> act(task));
    }
  }

  /** The listener hears what comes of it when no lock is held any more. */
  private void act(Runnable task) {
    task.run();
    deliveries.deliver();
  }

  @Override
  public void stop(WorkloadId id, Duration grace) {
    count(Call.STOP);
    find(id).ifPresent(workload -> act(workload::stop));
  }

  @Override
  public void remove(WorkloadId id) {
    count(Call.REMOVE);
    find(id).ifPresent(workload -> act(workload::stop));
    workloads.remove(id);
  }

  @Override
  public List<Observed> list() {
    count(Call.LIST);
    return workloads.values().stream().map(SimulatedWorkload::observed).toList();
  }

  @Override
  public Optional<Particulars> particulars(WorkloadId id) {
    return find(id).map(SimulatedWorkload::particulars);
  }

  @Override
  public void watch(ObservationListener listener) {
    count(Call.WATCH);
    deliveries.listen(listener);
  }

  @Override
  public InputStream logs(WorkloadId id, LogOptions options) {
    count(Call.LOGS);
    return find(id)
        .orElseThrow(() -> new Failure.NotFound("workload", id.value()))
        .output()
        .open(options);
  }

  @Override
  public Health health() {
    tally(Call.HEALTH);
    return unavailable ? Health.bad("unavailable, as the test wants it") : Health.good();
  }

  @Override
  public void close() {
    deliveries.listen(null);
  }

  private Optional<SimulatedWorkload> find(WorkloadId id) {
    return Optional.ofNullable(workloads.get(id));
  }

  private void count(Call call) {
    tally(call);
    if (unavailable) {
      throw new Failure.Unavailable("The simulated backplane is unavailable.");
    }
  }

  private void tally(Call call) {
    calls.computeIfAbsent(call, first -> new AtomicLong()).incrementAndGet();
  }

  // What tests do and see.

  /** Ends a running workload by itself. */
  public void exit(WorkloadId id, int code) {
    SimulatedWorkload workload = required(id);
    act(() -> workload.exit(code));
  }

  /** Ends a running workload in any way. */
  public void exit(WorkloadId id, Observation.Exited end) {
    SimulatedWorkload workload = required(id);
    act(() -> workload.end(end));
  }

  /** Ends a workload so that nobody knows how. */
  public void vanish(WorkloadId id) {
    SimulatedWorkload workload = required(id);
    act(() -> workload.end(new Observation.Vanished("It vanished, as the test wants it")));
  }

  /** Has a workload and what is known of it disappear without a word, as after a reset. */
  public void forget(WorkloadId id) {
    workloads.remove(id);
  }

  /** Has a running workload say something. */
  public void say(WorkloadId id, String text) {
    SimulatedWorkload workload = required(id);
    act(() -> workload.say(text));
  }

  /** Shows any observation of a workload, such as the progress of a pull. */
  public void show(WorkloadId id, Observation observation) {
    SimulatedWorkload workload = required(id);
    act(() -> workload.show(observation));
  }

  /** Refuses all starts of new workloads from now on. */
  public void refuseStarts(int code, String reason) {
    refusal = new StartRefused(code, reason);
  }

  public void acceptStarts() {
    refusal = null;
  }

  /** Whether every call fails, without effect. */
  public void unavailable(boolean now) {
    unavailable = now;
  }

  /** Whether starts have their effect, and fail all the same. */
  public void loseAnswers(boolean now) {
    answersLost = now;
  }

  /** Loses the observations that match; they stay visible in the list. */
  public void loseObservations(BiPredicate<WorkloadId, Observation> which) {
    deliveries.decide(
        (id, seen) -> which.test(id, seen) ? Deliveries.Fate.IS_LOST : Deliveries.Fate.ARRIVES);
  }

  /** Delivers the observations that match twice. */
  public void duplicateObservations(BiPredicate<WorkloadId, Observation> which) {
    deliveries.decide((id, seen) ->
        which.test(id, seen) ? Deliveries.Fate.ARRIVES_TWICE : Deliveries.Fate.ARRIVES);
  }

  /** Holds the observations that match back until they are released. */
  public void holdObservations(BiPredicate<WorkloadId, Observation> which) {
    deliveries.decide(
        (id, seen) -> which.test(id, seen) ? Deliveries.Fate.IS_HELD : Deliveries.Fate.ARRIVES);
  }

  public void releaseObservations() {
    deliveries.release();
  }

  /** Ends all faults; what was held back is delivered, what was lost stays lost. */
  public void heal() {
    unavailable = false;
    answersLost = false;
    refusal = null;
    deliveries.decide((id, seen) -> Deliveries.Fate.ARRIVES);
    deliveries.release();
  }

  public long calls(Call call) {
    return Optional.ofNullable(calls.get(call)).map(AtomicLong::get).orElse(0L);
  }

  public long calls() {
    return Arrays.stream(Call.values()).mapToLong(this::calls).sum();
  }

  /** What was really started, in order; the same id twice only after it was removed. */
  public List<WorkloadSpec> started() {
    return List.copyOf(started);
  }

  /** How many workloads have not ended. */
  public long running() {
    return workloads.values().stream()
        .filter(workload -> !workload.observed().observation().terminal())
        .count();
  }

  private SimulatedWorkload required(WorkloadId id) {
    return find(id).orElseThrow(() -> new IllegalArgumentException("no workload " + id));
  }
}
