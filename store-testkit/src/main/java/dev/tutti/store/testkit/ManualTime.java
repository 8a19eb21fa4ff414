package dev.tutti.store.testkit;

import dev.tutti.core.run.Alarms;
import dev.tutti.core.run.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * A world on one thread, in which nothing happens but what a test lets happen: a clock that may be
 * set, a ticker that may not, alarms that go by the ticker, and work that waits to be done.
 */
public final class ManualTime implements InstantSource, Alarms, Ticker, Executor {

  private record Waiting(long due, Runnable task) {}

  private final PriorityQueue<Waiting> alarms =
      new PriorityQueue<>(Comparator.comparingLong(Waiting::due));
  private final Queue<Runnable> work = new ArrayDeque<>();
  private Instant now = Instant.parse("2030-06-01T12:00:00Z");
  private long nanos = 1_000;
  private String era = "first boot";

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public String era() {
    return era;
  }

  @Override
  public Alarm at(Instant due, Runnable task) {
    long left = Math.max(0, Duration.between(now, due).toNanos());
    Waiting alarm = new Waiting(nanos + left, task);
    alarms.add(alarm);
    return () -> alarms.remove(alarm);
  }

  @Override
  public void execute(Runnable task) {
    work.add(task);
  }

  /** Does what there is to do now. */
  public void settle() {
    while (!work.isEmpty()) {
      work.remove().run();
    }
  }

  /** Lets time pass, and rings what is due on the way. */
  public void pass(Duration time) {
    settle();
    long end = nanos + time.toNanos();
    while (!alarms.isEmpty() && alarms.peek().due() <= end) {
      Waiting next = alarms.remove();
      go(Duration.ofNanos(Math.max(0, next.due() - nanos)));
      next.task().run();
      settle();
    }
    go(Duration.ofNanos(end - nanos));
  }

  /** Lets time pass in which the process stands still: nothing rings before it goes on. */
  public void freeze(Duration time) {
    go(time);
  }

  /** Somebody sets the clock. */
  public void set(Duration by) {
    now = now.plus(by);
  }

  /** The process ends: what it waited for is forgotten. */
  public void forget() {
    alarms.clear();
    work.clear();
  }

  /** The machine is started again. */
  public void boot(String nextEra) {
    era = nextEra;
    nanos = 5;
  }

  private void go(Duration by) {
    now = now.plus(by);
    nanos += by.toNanos();
  }
}
