package dev.tutti.models;

import java.util.Locale;

/** Where a deployment is in its life. */
public enum DeploymentState {
  /** Accepted and durable; waits until there are places for all of its models. */
  QUEUED,
  /** Its models are being started; not all of them are ready. */
  STARTING,
  /** All models said that they are ready for processing, and ModelsReady was decided. */
  READY,
  /** Every model has ended; final. */
  ENDED;

  public boolean alive() {
    return this != ENDED;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
