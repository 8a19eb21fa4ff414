package dev.tutti.models.simulated;

import dev.tutti.core.run.Alarms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Time that passes when the run says so. The wall clock may jump; what waits for a duration does
 * not notice.
 */
final class VirtualTime implements InstantSource, Alarms {

  private static final class Ringing {
    private final long at;
    private final long number;
    private final Runnable task;
    private boolean cancelled;

    Ringing(long at, long number, Runnable task) {
      this.at = at;
      this.number = number;
      this.task = task;
    }
  }

  private final PriorityQueue<Ringing> alarms =
      new PriorityQueue<>(
          Comparator.<Ringing>comparingLong(r -> r.at).thenComparingLong(r -> r.number));
  private Instant wall = Instant.parse("2026-01-01T00:00:00Z");
  private Duration setBack = Duration.ZERO;
  private long elapsed;
  private long alarmsSet;

  @Override
  public Instant instant() {
    return wall;
  }

  /** Milliseconds since the beginning, whatever the wall clock says. */
  long elapsed() {
    return elapsed;
  }

  @Override
  public Alarm at(Instant due, Runnable task) {
    long delay = Math.max(0, Duration.between(wall, due).toMillis());
    Ringing ringing = new Ringing(elapsed + delay, alarmsSet++, task);
    alarms.add(ringing);
    return () -> ringing.cancelled = true;
  }

  Alarm in(long millis, Runnable task) {
    return at(wall.plusMillis(millis), task);
  }

  /** Somebody sets the clock. */
  void jump(Duration by) {
    wall = wall.plus(by);
    setBack = by.isNegative() ? setBack.minus(by) : setBack;
  }

  /** How far the clock was ever set back, in milliseconds: so long a deadline may be late. */
  long setBack() {
    return setBack.toMillis();
  }

  /** Goes to the next alarm, if it comes within so many milliseconds, and rings it. */
  boolean next(long within) {
    drop();
    Ringing first = alarms.peek();
    if (first == null || first.at > elapsed + within) {
      return false;
    }
    alarms.remove();
    advance(Math.max(elapsed, first.at));
    first.task.run();
    return true;
  }

  /** Lets time pass; what was due meanwhile rings late. */
  void leap(long millis) {
    advance(elapsed + millis);
  }

  private void advance(long to) {
    wall = wall.plusMillis(to - elapsed);
    elapsed = to;
  }

  private void drop() {
    while (!alarms.isEmpty() && alarms.peek().cancelled) {
      alarms.remove();
    }
  }
}
