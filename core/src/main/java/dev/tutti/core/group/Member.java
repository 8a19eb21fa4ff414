package dev.tutti.core.group;

import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.time.Duration;
import java.util.Set;

/**
 * A workload of a group.
 *
 * @param after those that are to be ready before it starts
 * @param readiness when those that come after it may start
 * @param within how long it may take from its start until then
 */
public record Member(
    WorkloadSpec spec, Set<WorkloadId> after, Readiness readiness, Duration within) {

  public Member {
    after = Set.copyOf(after);
  }

  public WorkloadId id() {
    return spec.id();
  }
}
