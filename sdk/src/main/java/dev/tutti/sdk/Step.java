package dev.tutti.sdk;

import java.time.Instant;

/**
 * A step of the simulation.
 *
 * @param number from 1
 * @param timeStamp the time as the orchestrator sent it; by the protocol's habit this is two steps
 *     after the simulation's start in step 1. {@link #start()} has the real one
 */
public record Step(int number, Instant timeStamp, Simulation simulation, Log log) {

  /** When the interval of the step begins: the start of the simulation in step 1. */
  public Instant start() {
    return simulation.start().plus(simulation.stepLength().multipliedBy(number - 1L));
  }

  /** When it ends. */
  public Instant end() {
    return start().plus(simulation.stepLength());
  }

  /** The length of a step in hours, for energy from power. */
  public double hours() {
    return simulation.stepLength().toSeconds() / 3_600.0;
  }
}
