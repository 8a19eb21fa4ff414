package dev.tutti.core.run;

import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Does many small things without flooding what they are done to, as {@link Pace} says. */
public final class Slices {

  private final Alarms alarms;
  private final InstantSource clock;
  private final Pace pace;
  private final BooleanSupplier closed;
  private final SplittableRandom chance;

  Slices(Alarms alarms, InstantSource clock, Pace pace, BooleanSupplier closed) {
    this.alarms = alarms;
    this.clock = clock;
    this.pace = pace;
    this.closed = closed;
    // Different in each instance, and the same where time is made by a test.
    this.chance = new SplittableRandom(clock.instant().toEpochMilli());
  }

  /**
   * Does the first slice at once and each other one after a pause, on other threads. What is left
   * when the engine is closed is not done.
   */
  public <T> void each(List<T> items, Consumer<? super T> action) {
    from(0, List.copyOf(items), action);
  }

  private <T> void from(int first, List<T> items, Consumer<? super T> action) {
    if (closed.getAsBoolean()) {
      return;
    }
    int next = Math.min(items.size(), first + pace.slice());
    if (next < items.size()) {
      // Set before the slice is done: one item that fails must not keep others from their turn.
      Alarms.Alarm ignored =
          alarms.at(clock.instant().plus(pace.pause(chance)), () -> from(next, items, action));
    }
    items.subList(first, next).forEach(action);
  }
}
