package dev.tutti.core.workload;

import dev.tutti.core.Message;
import dev.tutti.core.backplane.Observation;

/**
 * What a backplane saw, on its way to the strand of the owner, which turns it into {@link
 * WorkloadChanged}.
 */
public record WorkloadObserved(String workloadId, Observation observation) implements Message {}
