package dev.tutti.core.group;

import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.WorkloadId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** What is known of the members of a group, and a way to wait for more. */
final class GroupState {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // All guarded by the lock.
  private final Map<WorkloadId, Readiness> members;
  private final Map<WorkloadId, Observation> seen = new HashMap<>();
  private final Set<WorkloadId> begun = new HashSet<>();
  private final Set<WorkloadId> ready = new HashSet<>();
  private Optional<GroupProblem> problem = Optional.empty();
  private boolean stopping;
  private long news;

  GroupState(GroupSpec spec) {
    this.members = spec.members().stream().collect(Collectors.toMap(Member::id, Member::readiness));
  }

  /**
   * Waits until all of them are ready.
   *
   * @return false when the group has a problem, or is being stopped
   */
  boolean awaitReady(Collection<WorkloadId> awaited) throws InterruptedException {
    lock.lock();
    try {
      while (!over() && !ready.containsAll(awaited)) {
        changed.await();
      }
      return !over();
    } finally {
      lock.unlock();
    }
  }

  private boolean over() {
    return stopping || problem.isPresent();
  }

  /** How much has changed so far. */
  long news() {
    lock.lock();
    try {
      return news;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until something has changed, or the time is over.
   *
   * @param since what {@link #news} was before the last look
   */
  void awaitNews(long since, Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (news == since && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  Optional<Observation> seen(WorkloadId id) {
    lock.lock();
    try {
      return Optional.ofNullable(seen.get(id));
    } finally {
      lock.unlock();
    }
  }

  Set<WorkloadId> begun() {
    lock.lock();
    try {
      return Set.copyOf(begun);
    } finally {
      lock.unlock();
    }
  }

  boolean isOver() {
    lock.lock();
    try {
      return over();
    } finally {
      lock.unlock();
    }
  }

  Optional<GroupProblem> problem() {
    lock.lock();
    try {
      return problem;
    } finally {
      lock.unlock();
    }
  }

  void begins(WorkloadId id) {
    change(() -> begun.add(id));
  }

  void isReady(WorkloadId id) {
    change(() -> {
      ready.add(id);
      judge(id);
    });
  }

  /** The first problem is the one: others follow from it. */
  void fails(WorkloadId id, String reason) {
    change(() -> problem = problem.or(() -> Optional.of(new GroupProblem(id, reason))));
  }

  void stops() {
    change(() -> stopping = true);
  }

  void sees(WorkloadId id, Observation observation) {
    lock.lock();
    try {
      Observation before = seen.get(id);
      boolean ended = before != null && before.terminal();
      if (members.containsKey(id) && !ended && !observation.equals(before)) {
        seen.put(id, observation);
        judge(id);
        tell();
      }
    } finally {
      lock.unlock();
    }
  }

  /** One that was ready and ended is a problem, unless that was what it was there for. */
  private void judge(WorkloadId id) {
    Observation last = seen.get(id);
    if (last != null
        && last.terminal()
        && !over()
        && ready.contains(id)
        && !(members.get(id) instanceof Readiness.Completed)) {
      problem = Optional.of(new GroupProblem(id, told(last)));
    }
  }

  /** How it ended, to be read after its name. */
  static String told(Observation end) {
    return switch (end) {
      case Observation.Exited(int code, String reason, boolean _) ->
          "ended with code %d (%s)".formatted(code, reason);
      case Observation.Vanished(String reason) -> "is gone (%s)".formatted(reason);
      case Observation.Waiting _,
          Observation.Pulling _,
          Observation.Starting _,
          Observation.Running _ ->
          "has not ended";
    };
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      tell();
    } finally {
      lock.unlock();
    }
  }

  private void tell() {
    news++;
    changed.signalAll();
  }

  /** What a backplane lists, for what was not told. */
  void sees(List<Observed> listed) {
    listed.forEach(known -> sees(known.id(), known.observation()));
  }
}
