package dev.tutti.core.backplane;

/** What a backplane saw of one workload. */
public sealed interface Observation {

  /** Accepted, not started; the reason says what it waits for. */
  record Waiting(String reason) implements Observation {}

  /** Its image is being fetched; the fraction is between 0 and 1. */
  record Pulling(double fraction) implements Observation {}

  /** Being started. */
  record Starting() implements Observation {}

  /** Running; the address is where others reach it, empty when it has none of its own. */
  record Running(String address) implements Observation {}

  /**
   * Ended.
   *
   * @param code its exit code, 128 + n when a signal ended it
   * @param reason one word or short phrase, such as {@code Completed}, {@code Error}, {@code
   *     OOMKilled}
   */
  record Exited(int code, String reason, boolean outOfMemory) implements Observation {}

  /** It is gone, and nobody knows how it ended. */
  record Vanished(String reason) implements Observation {}

  /** Whether nothing more can be seen of it afterwards. */
  default boolean terminal() {
    return this instanceof Exited || this instanceof Vanished;
  }
}
