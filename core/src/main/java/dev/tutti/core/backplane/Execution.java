package dev.tutti.core.backplane;

/** Runs commands beside the programs of workloads that run. */
@FunctionalInterface
public interface Execution {

  /**
   * Runs a command with the environment of the workload, where its programs run; its input is
   * empty. Returns when it has ended, or when its time is over: then it is ended, as far as that is
   * possible. A program that is not there ends with code 126 or 127, as in a shell.
   *
   * @throws dev.tutti.core.Failure.NotFound when the workload is unknown or removed
   * @throws dev.tutti.core.Failure.Rejected when it does not run
   */
  Executed run(WorkloadId id, Command command);
}
