package dev.tutti.simulations;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the clock of a simulation is.
 *
 * @param asked number of the last step that models were told to calculate; 0 before the first
 * @param finished number of the last step that all of them have calculated
 * @param openedAt when the last step was asked for
 * @param lastMicros how long the last finished step took
 * @param totalMicros how long all finished steps took together
 * @param longestMicros how long the slowest step took
 * @param slowest the model that was the last one to finish the last step
 * @param late how often a model said that it was done while no step was open
 * @param duplicate how often a model said it again for the same step
 */
public record Steps(
    int asked,
    int finished,
    @Nullable Instant openedAt,
    long lastMicros,
    long totalMicros,
    long longestMicros,
    String slowest,
    int late,
    int duplicate) {

  static final Steps NONE = new Steps(0, 0, null, 0, 0, 0, "", 0, 0);

  /** Whether models are calculating. */
  public boolean open() {
    return asked > finished;
  }

  /** The mean time of a step; zero before the first is finished. */
  public Duration mean() {
    return Duration.ofNanos(finished == 0 ? 0 : totalMicros * 1_000 / finished);
  }

  Steps ask(Instant now) {
    return new Steps(
        asked + 1, finished, now, lastMicros, totalMicros, longestMicros, slowest, late, duplicate);
  }

  Steps finish(StepReport report) {
    return new Steps(
        asked,
        asked,
        openedAt,
        report.micros(),
        totalMicros + report.micros(),
        Math.max(longestMicros, report.micros()),
        report.slowest(),
        late + report.late(),
        duplicate + report.duplicate());
  }
}
