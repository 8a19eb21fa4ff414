package dev.tutti.core.workload;

import dev.tutti.core.Message;
import java.time.Duration;

/**
 * Tells an owner that one of its workloads could not be started yet, for a reason that may pass.
 * Told each time the pause before the next try has grown.
 *
 * @param tries how often it was tried
 * @param next when it is tried again, about
 */
public record StartDelayed(String workloadId, String reason, int tries, Duration next)
    implements Message {}
