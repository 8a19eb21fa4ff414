package dev.tutti.dots;

import java.util.Optional;

/** Identifies a model within its simulation; a segment of its topics. */
public record ModelId(String value) {

  /** Rejects what cannot be a segment of a topic. */
  public ModelId {
    Segment.require("model id", value);
  }

  /** Why the text cannot be a model id, as a sentence; empty if it can. */
  public static Optional<String> problem(String text) {
    return Segment.problem("model id", text);
  }

  @Override
  public String toString() {
    return value;
  }
}
