package dev.tutti.core.backplane;

/** Measures what workloads use. */
@FunctionalInterface
public interface Metering {

  /**
   * One look at a workload that runs; may take a second.
   *
   * @throws dev.tutti.core.Failure.NotFound when the workload is unknown or removed
   * @throws dev.tutti.core.Failure.Rejected when it does not run
   */
  Usage usage(WorkloadId id);
}
