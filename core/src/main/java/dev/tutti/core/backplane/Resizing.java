package dev.tutti.core.backplane;

/** Changes what workloads may use while they run. */
@FunctionalInterface
public interface Resizing {

  /**
   * Sets limits from now on; one of 0 stays as it is.
   *
   * @throws dev.tutti.core.Failure.NotFound when the workload is unknown or removed
   * @throws dev.tutti.core.Failure.Rejected when it does not run, or cannot be held to that, such
   *     as when it uses more memory already
   */
  void resize(WorkloadId id, Resources most);
}
