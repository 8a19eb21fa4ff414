package dev.tutti.backplane.process;

import java.time.Duration;

/**
 * What can be set about workloads as processes.
 *
 * @param hostAddress where workloads reach this machine, and we them; put in place of {@code
 *     host.docker.internal} in the values of their environment
 * @param outputBytes how much of each workload's output is kept; the oldest goes first
 * @param upkeepInterval how often output is shortened and strays are looked for
 * @param startGrace how long a wrapper may take to record itself before it counts as gone
 */
public record ProcessSettings(
    String hostAddress, long outputBytes, Duration upkeepInterval, Duration startGrace) {

  public ProcessSettings {
    if (hostAddress.isBlank()) {
      throw new IllegalArgumentException("hostAddress must not be empty");
    }
    if (outputBytes < OutputFile.STEP) {
      throw new IllegalArgumentException("outputBytes must be at least " + OutputFile.STEP);
    }
    if (!upkeepInterval.isPositive() || !startGrace.isPositive()) {
      throw new IllegalArgumentException("upkeepInterval and startGrace must be positive");
    }
  }

  public static ProcessSettings defaults() {
    return new ProcessSettings(
        "127.0.0.1", 16L << 20, Duration.ofSeconds(1), Duration.ofSeconds(5));
  }
}
