package dev.tutti.core.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Time that only goes forward: it says how long something took, never when it was. A port, so that
 * tests can own it.
 */
public interface Ticker {

  /** Nanoseconds since some moment; what is between two of them is real time. */
  long nanos();

  /** What since: nanoseconds of the same era can be compared, even those of an earlier process. */
  String era();

  /** One that goes wherever the clock goes, for engines whose clock never jumps. */
  static Ticker following(InstantSource clock) {
    return new Ticker() {
      @Override
      public long nanos() {
        return Duration.between(Instant.EPOCH, clock.instant()).toNanos();
      }

      @Override
      public String era() {
        return "the clock's";
      }
    };
  }
}
