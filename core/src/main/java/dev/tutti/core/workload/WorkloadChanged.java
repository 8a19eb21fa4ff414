package dev.tutti.core.workload;

import dev.tutti.core.Message;

/**
 * Tells an owner that one of its workloads changed. The new document is already part of the
 * decision.
 */
public record WorkloadChanged(Workload before, Workload after) implements Message {}
