package dev.tutti.sdk;

import java.time.Duration;
import java.time.Instant;

/**
 * A step of the simulation, as a service sees it that takes part in it: the time until it does so
 * again.
 *
 * @param number from 1; one that takes part in every fourth step sees 1, 5, 9
 * @param timeStamp the time as the orchestrator sent it; by the protocol's habit this is two steps
 *     after the simulation's start in step 1. {@link #start()} has the real one
 * @param every the service takes part in every so-manieth step; 1 for each
 */
public record Step(int number, Instant timeStamp, int every, Simulation simulation, Log log) {

  /** When the interval of the step begins: the start of the simulation in step 1. */
  public Instant start() {
    return simulation.start().plus(simulation.stepLength().multipliedBy(number - 1L));
  }

  /** How much simulated time passes until the service takes part again. */
  public Duration length() {
    return simulation.stepLength().multipliedBy(every);
  }

  /** When the interval of the step ends; with the last one, that may be after the simulation. */
  public Instant end() {
    return start().plus(length());
  }

  /** The {@link #length()} in hours, for energy from power. */
  public double hours() {
    return length().toSeconds() / 3_600.0;
  }
}
