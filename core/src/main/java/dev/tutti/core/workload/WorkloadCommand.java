package dev.tutti.core.workload;

import dev.tutti.core.run.Decision;
import dev.tutti.core.store.CommandKind;
import dev.tutti.core.store.Delivery;
import java.time.Duration;

/**
 * What an owner can have done to its workloads. All commands of one workload share a lane, so they
 * are executed in the order in which they were decided.
 */
public final class WorkloadCommand {

  /** Starts the workload as its document says. */
  public static final CommandKind<OfWorkload> START =
      new CommandKind<>("start", OfWorkload.class, Delivery.REPEATABLE);

  /** Ends it, after a grace. */
  public static final CommandKind<Stop> STOP =
      new CommandKind<>("stop", Stop.class, Delivery.REPEATABLE);

  /** Reads the last lines of its output into its document. */
  public static final CommandKind<OfWorkload> COLLECT =
      new CommandKind<>("collect", OfWorkload.class, Delivery.REPEATABLE);

  /** Deletes it and its output on the backplane. */
  public static final CommandKind<OfWorkload> REMOVE =
      new CommandKind<>("remove", OfWorkload.class, Delivery.REPEATABLE);

  /** Names a workload. */
  public record OfWorkload(String workloadId) {}

  /** Names a workload and how long it may take to end by itself. */
  public record Stop(String workloadId, long graceMillis) {}

  private WorkloadCommand() {}

  /** Adds a new workload and the command to start it. */
  public static void start(Decision.Draft draft, Workload planned) {
    draft.put(Workload.KIND, planned.id(), planned);
    draft.command(START, lane(planned.id()), new OfWorkload(planned.id()));
  }

  /** Adds the command to stop a workload, and notes in its document that it was asked. */
  public static void stop(Decision.Draft draft, Workload workload, Duration grace) {
    draft.put(Workload.KIND, workload.id(), workload.askedToStop());
    draft.command(STOP, lane(workload.id()), new Stop(workload.id(), grace.toMillis()));
  }

  /** Adds the command to read the last lines of an ended workload. */
  public static void collect(Decision.Draft draft, String workloadId) {
    draft.command(COLLECT, lane(workloadId), new OfWorkload(workloadId));
  }

  /** Marks an ended workload as removed, and adds the command that does it. */
  public static void remove(Decision.Draft draft, Workload removed) {
    draft.put(Workload.KIND, removed.id(), removed);
    draft.command(REMOVE, lane(removed.id()), new OfWorkload(removed.id()));
  }

  static String lane(String workloadId) {
    return "workload/" + workloadId;
  }
}
