package dev.tutti.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a workload used, at one moment.
 *
 * @param processorMillis time of processors since it started
 * @param memoryBytes main memory in use, without what is only cached
 * @param memoryLimitBytes how much it may use at most; 0 for no limit
 * @param programs how many processes it has
 * @param receivedBytes over networks since it started; null where it shares that of the machine
 * @param sentBytes as {@code receivedBytes}
 */
public record UsageView(
    Instant at,
    long processorMillis,
    long memoryBytes,
    long memoryLimitBytes,
    long programs,
    @Nullable Long receivedBytes,
    @Nullable Long sentBytes) {}
