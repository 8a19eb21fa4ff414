package dev.tutti.dots;

import java.util.List;

/** A message about how its sender is doing. A peer that never sends one is unknown, not ill. */
public sealed interface HealthMessage extends DotsMessage {

  /** How the sender is. */
  HealthStatus healthy();

  /** Why the sender is as it is; may be empty. */
  List<String> reasons();

  /** The SO, or ESSIM, asks the MSO how it is (H1, H5). */
  record PingHealthSoToMso(
      HealthStatus healthy, List<String> reasons, List<String> activeSimulations)
      implements HealthMessage {
    public PingHealthSoToMso {
      reasons = List.copyOf(reasons);
      activeSimulations = List.copyOf(activeSimulations);
    }
  }

  /** The MSO answers the SO, or ESSIM (H2). */
  record PongHealthMsoToSo(HealthStatus healthy, List<String> reasons) implements HealthMessage {
    public PongHealthMsoToSo {
      reasons = List.copyOf(reasons);
    }
  }

  /** The MSO asks a model how it is (H3). */
  record PingHealthMsoToModel(HealthStatus healthy, List<String> reasons) implements HealthMessage {
    public PingHealthMsoToModel {
      reasons = List.copyOf(reasons);
    }
  }

  /** A model answers the MSO, with counters that show whether it gets on (H4). */
  record PongHealthModelToMso(
      HealthStatus healthy, List<String> reasons, int numberOfBids, int numberOfAllocations)
      implements HealthMessage {
    public PongHealthModelToMso {
      reasons = List.copyOf(reasons);
    }
  }
}
