package dev.tutti.core.run;

import java.time.Duration;

/**
 * What can be set about an engine.
 *
 * @param beat how often clock and ticker are compared
 * @param tolerance a clock that jumps, or a process that stands still, by less than this is normal
 * @param grace how long deadlines that passed while the process stood still wait for the messages
 *     that arrived meanwhile
 * @param flood how quickly many things are begun that all could begin at once
 */
public record EngineSettings(Duration beat, Duration tolerance, Duration grace, Pace flood) {

  public EngineSettings {
    if (!beat.isPositive() || !tolerance.isPositive() || grace.isNegative()) {
      throw new IllegalArgumentException("beat and tolerance are positive, grace is not negative");
    }
  }

  public static EngineSettings defaults() {
    return new EngineSettings(
        Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(5), Pace.defaults());
  }
}
