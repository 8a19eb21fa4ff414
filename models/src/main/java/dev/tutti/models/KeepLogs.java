package dev.tutti.models;

import java.util.Optional;

/**
 * How long workloads and their logs are kept, made from whatever number a message had.
 *
 * @param hours finite, between 0 and ten years
 * @param notice what was changed, for the one who asked; empty when nothing was
 */
record KeepLogs(double hours, Optional<String> notice) {

  private static final double MAX_HOURS = 10 * 365.25 * 24;

  static KeepLogs of(double asked) {
    if (asked >= 0 && asked <= MAX_HOURS) {
      return new KeepLogs(asked, Optional.empty());
    }
    double used = asked > MAX_HOURS ? MAX_HOURS : 0;
    return new KeepLogs(
        used,
        Optional.of(
            "keepLogsHours %s is not between 0 and %s; %s is used."
                .formatted(asked, MAX_HOURS, used)));
  }
}
