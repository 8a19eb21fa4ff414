package dev.tutti.dots;

/** What became of a payload: the message it is, or why it is none. */
public sealed interface Decoded<T> {

  /** A payload that is a message. */
  record Message<T>(T message) implements Decoded<T> {}

  /**
   * A payload that is no message of the type that its topic names.
   *
   * @param reason says what is wrong with it, in a sentence for a log
   */
  record Malformed<T>(String reason) implements Decoded<T> {}
}
