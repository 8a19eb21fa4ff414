package dev.tutti.core.backplane;

import java.util.List;

/** Tells where the ports of workloads are reached. */
@FunctionalInterface
public interface PublishedPorts {

  /**
   * Those of a workload that runs, as they are; none once it has ended.
   *
   * @throws dev.tutti.core.Failure.NotFound when the workload is unknown or removed
   */
  List<PublishedPort> of(WorkloadId id);
}
