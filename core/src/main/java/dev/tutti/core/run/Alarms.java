package dev.tutti.core.run;

import java.time.Instant;

/** Calls back at an instant. A port, so that tests can own time. */
public interface Alarms {

  /** Runs the task at or soon after the instant, on another thread. */
  Alarm at(Instant due, Runnable task);

  /** An alarm that was set. */
  @FunctionalInterface
  interface Alarm {
    /** Makes sure that the task does not begin any more, unless it already has. */
    void cancel();
  }
}
