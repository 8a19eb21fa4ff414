package dev.tutti.core.backplane;

/** One workload that a backplane knows, as it is now. */
public record Observed(WorkloadId id, Observation observation) {}
