package dev.tutti.core.backplane;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a workload used, at one moment.
 *
 * @param at when that was
 * @param processor time of processors since it started, all of its programs together
 * @param memory bytes of main memory in use, without what is only cached
 * @param memoryLimit how many it may use at most, in bytes; 0 for no limit
 * @param programs how many processes it has
 * @param traffic null where workloads share the network of the machine
 */
public record Usage(
    Instant at,
    Duration processor,
    long memory,
    long memoryLimit,
    long programs,
    @Nullable Traffic traffic) {

  /** Bytes over all networks since the start. */
  public record Traffic(long received, long sent) {}
}
