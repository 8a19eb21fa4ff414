package dev.tutti.core.group;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.ObservationListener;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.WorkloadId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts the workloads of a group, each as soon as those that it comes after are ready, and stops
 * them in the opposite order. All or none: when one cannot become ready, that is the problem of the
 * group, and those that were started are stopped.
 *
 * <p>It is to be told what the listener of the backplane hears; what it is not told it finds out a
 * second later.
 */
public final class WorkloadGroup implements ObservationListener {

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final GroupSpec spec;
  private final Backplane backplane;
  private final GroupState state;

  public WorkloadGroup(GroupSpec spec, Backplane backplane) {
    this.spec = spec;
    this.backplane = backplane;
    this.state = new GroupState(spec);
  }

  /**
   * Starts all; those that were started before, also by an earlier process, are only waited for.
   * Returns when all are ready, or one has failed and the others have been stopped.
   *
   * @param grace what those get that have to be stopped
   * @return empty when all are ready
   */
  public Optional<GroupProblem> start(Duration grace) throws InterruptedException {
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      spec.members().forEach(member -> each.execute(() -> bringUp(member)));
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Optional<GroupProblem> problem = state.problem();
    if (problem.isPresent()) {
      stop(grace);
    }
    return problem;
  }

  private void bringUp(Member member) {
    WorkloadId id = member.id();
    try {
      if (state.awaitReady(member.after())) {
        long deadline = System.nanoTime() + member.within().toNanos();
        state.begins(id);
        start(member, deadline);
        new ReadinessWait(member, backplane, state, deadline)
            .run()
            .ifPresentOrElse(reason -> state.fails(id, reason), () -> state.isReady(id));
      }
    } catch (StartRefused refused) {
      state.fails(id, "cannot be started: " + refused.reason());
    } catch (Failure failure) {
      state.fails(id, "is in trouble: " + failure.problem().detail());
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      state.fails(id, "was not waited for");
    }
  }

  /** A backplane that is away for a while is asked again. */
  private void start(Member member, long deadline) throws InterruptedException {
    Duration pause = SHORTEST_PAUSE;
    while (true) {
      try {
        backplane.start(member.spec());
        return;
      } catch (Failure.Unavailable later) {
        if (System.nanoTime() + pause.toNanos() > deadline || state.problem().isPresent()) {
          throw later;
        }
        Thread.sleep(pause);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
      }
    }
  }

  /**
   * Stops all that were started, each once those that come after it have ended. May be repeated.
   *
   * @throws Failure.Unavailable when the backplane cannot now
   */
  public void stop(Duration grace) {
    state.stops();
    Set<WorkloadId> begun = new HashSet<>(state.begun());
    for (List<Member> layer : spec.layers().reversed()) {
      List<WorkloadId> ids = layer.stream().map(Member::id).filter(begun::contains).toList();
      Failures failures = new Failures();
      try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
        ids.forEach(id -> each.execute(() -> failures.collect(() -> backplane.stop(id, grace))));
      }
      failures.rethrow();
    }
  }

  /** What is wrong with it now: a start that failed, or a member that ended since. */
  public Optional<GroupProblem> problem() {
    return state.problem();
  }

  @Override
  public void observed(WorkloadId id, Observation observation) {
    state.sees(id, observation);
  }
}
