package dev.tutti.core.backplane;

import java.util.List;

/**
 * The networks of a backplane that we made for workloads. Those of others are never shown, used or
 * removed, whatever their names.
 */
public interface Networks {

  /**
   * Makes a network. One that is there as it should be stays.
   *
   * @throws dev.tutti.core.Failure.Rejected when one of this name is there, and is another
   */
  void create(NetworkFacts network);

  /** All, by name. */
  List<NetworkFacts> list();

  /**
   * Removes a network; one that is unknown is no error.
   *
   * @throws dev.tutti.core.Failure.Rejected while workloads that run are in it
   */
  void remove(ObjectName network);

  /**
   * Puts a workload that runs into a network. One that is there already stays, with the aliases
   * that it has.
   *
   * @throws dev.tutti.core.Failure.NotFound when the workload or the network is unknown
   */
  void attach(WorkloadId id, NetworkAttachment attachment);

  /**
   * Takes a workload out of a network; one that is not in it is no error.
   *
   * @throws dev.tutti.core.Failure.NotFound when the workload or the network is unknown
   */
  void detach(WorkloadId id, ObjectName network);
}
