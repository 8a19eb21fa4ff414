package dev.tutti.dots;

import java.util.Optional;

/** Identifies a simulation to everybody; a segment of its topics. */
public record SimulationId(String value) {

  /** Rejects what cannot be a segment of a topic. */
  public SimulationId {
    Segment.require("simulation id", value);
  }

  /** Why the text cannot be a simulation id, as a sentence; empty if it can. */
  public static Optional<String> problem(String text) {
    return Segment.problem("simulation id", text);
  }

  @Override
  public String toString() {
    return value;
  }
}
