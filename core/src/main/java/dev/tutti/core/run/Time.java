package dev.tutti.core.run;

import java.time.InstantSource;

/**
 * All that an engine knows of time.
 *
 * @param clock says when; may be set while we run
 * @param ticker says how long
 * @param alarms call back
 * @param watched whether clock and ticker are compared, so that deadlines survive a clock that is
 *     set and a process that is frozen
 */
public record Time(InstantSource clock, Ticker ticker, Alarms alarms, boolean watched) {

  /** The time of a running server. */
  public static Time watched(InstantSource clock, Ticker ticker, Alarms alarms) {
    return new Time(clock, ticker, alarms, true);
  }

  /** A time without surprises: a clock that nobody sets. */
  static Time trusted(InstantSource clock, Alarms alarms) {
    return new Time(clock, Ticker.following(clock), alarms, false);
  }
}
