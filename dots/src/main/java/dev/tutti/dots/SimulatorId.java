package dev.tutti.dots;

import java.util.Optional;

/** Identifies one running simulator, the SO or ESSIM, in health topics and in DeployModels. */
public record SimulatorId(String value) {

  /** Rejects what cannot be a segment of a topic. */
  public SimulatorId {
    Segment.require("simulator id", value);
  }

  /** Why the text cannot be a simulator id, as a sentence; empty if it can. */
  public static Optional<String> problem(String text) {
    return Segment.problem("simulator id", text);
  }

  @Override
  public String toString() {
    return value;
  }
}
