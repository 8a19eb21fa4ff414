package dev.tutti.simulations;

import java.util.Locale;

/**
 * How a simulation ended, and why.
 *
 * @param reason a sentence for people; empty when it succeeded or is not over
 * @param model the model that is to blame; empty when none is
 */
public record Verdict(Outcome outcome, String reason, String model) {

  static final Verdict OPEN = new Verdict(Outcome.OPEN, "", "");

  /** How a simulation ended. */
  public enum Outcome {
    /** It has not. */
    OPEN,
    /** All steps were calculated. */
    SUCCEEDED,
    /** A model failed, or could not be deployed. */
    FAILED,
    /** A phase or a step took longer than it may. */
    TIMED_OUT,
    /** A person wanted it to end. */
    CANCELLED;

    /** The lower-case word in the API and in the store. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
