package dev.tutti.simulations;

import java.util.Locale;

/** Where a simulation is in its life. */
public enum Phase {
  /** In the queue. */
  WAITING,
  /** A model failed whose failure means to start over: the models of the last run go. */
  RESTARTING,
  /** DeployModels was asked for; ModelsReady has not come. */
  DEPLOYING,
  /** Models get their parameters, some at a time. */
  PARAMETERISING,
  /** From the first step to the last, also between two steps. */
  STEPPING,
  /** It is decided how it ends; models have been told and go. */
  FINISHING,
  /** Its models are gone, or were given up. */
  ENDED;

  /** The lower-case word in the API and in the store. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is not decided yet how it ends. */
  public boolean open() {
    return this != FINISHING && this != ENDED;
  }
}
