package dev.tutti.dots;

/**
 * How a model ended. A number that we do not know is read as {@link #FAILED}: an end that cannot be
 * named is no success.
 */
public enum TerminationStatus {
  /** The model ended by itself with exit code 0; the protocol spells it so. */
  SUCCESSFULL,
  /** The model ended in any other way. */
  FAILED
}
