package dev.tutti.core.workload;

import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.Observation;
import java.time.Instant;

/** The state machine of a workload: pure, total, and ended states are final. */
public final class WorkloadDecisions {

  private WorkloadDecisions() {}

  /**
   * The workload after an observation; the same instance when the observation tells nothing new.
   */
  public static Workload observe(Workload workload, Observation seen, Instant now) {
    if (workload.state().ended()) {
      return workload;
    }
    return switch (seen) {
      case Observation.Waiting(String reason) -> starting(workload, reason, now);
      case Observation.Pulling _ -> starting(workload, "Pulling", now);
      case Observation.Starting _ -> starting(workload, "", now);
      case Observation.Running _ ->
          workload.state() == WorkloadState.RUNNING
              ? workload
              : workload.in(WorkloadState.RUNNING, "", now);
      case Observation.Exited(int code, String reason, boolean memory) ->
          workload.in(WorkloadState.ENDED, reason, now).withExit(code, memory);
      case Observation.Vanished(String reason) ->
          workload.in(WorkloadState.ENDED, reason, now).withExit(ExitCodes.VANISHED, false);
    };
  }

  private static Workload starting(Workload workload, String reason, Instant now) {
    boolean nothingNew =
        workload.state() == WorkloadState.RUNNING
            || (workload.state() == WorkloadState.STARTING && workload.reason().equals(reason));
    return nothingNew ? workload : workload.in(WorkloadState.STARTING, reason, now);
  }
}
