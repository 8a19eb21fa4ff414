package dev.tutti.core.backplane;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;

/** Something was asked of a workload that only one that runs can do. */
public final class NotRunning {

  private NotRunning() {}

  public static Failure.Rejected failure(WorkloadId id) {
    return new Failure.Rejected(
        Problem.of("workload-not-running", 409, "Workload '%s' does not run.".formatted(id))
            .suggesting("Look at its state: tutti workload get " + id));
  }
}
