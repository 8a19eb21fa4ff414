package dev.tutti.core.run;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.StampedLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The durable timers that are set, as alarms: the store remembers them, this rings them. Their
 * instants follow a clock that is set, because how long each still has is kept beside.
 */
final class Timers {

  private record Key(OwnerRef owner, String name) {}

  /**
   * @param deadline when it is due by the ticker, in nanoseconds
   */
  private record Ringing(Instant due, long deadline, Alarms.Alarm alarm) {}

  private final Time time;
  private final Function<Instant, Duration> patience;
  private final BiConsumer<OwnerRef, TimerFired> fire;
  private final ConcurrentHashMap<Key, Ringing> set = new ConcurrentHashMap<>();

  /**
   * Read by whoever commits changes of timers, written by a shift of all of them: it must neither
   * bring back what was cancelled meanwhile nor miss what was set.
   */
  private final StampedLock changing = new StampedLock();

  /**
   * @param patience how long a deadline that is due has to wait all the same
   */
  Timers(Time time, Function<Instant, Duration> patience, BiConsumer<OwnerRef, TimerFired> fire) {
    this.time = time;
    this.patience = patience;
    this.fire = fire;
  }

  /** Commits what may change timers, and changes them here. */
  void change(Runnable commit) {
    long stamp = changing.readLock();
    try {
      commit.run();
    } finally {
      changing.unlockRead(stamp);
    }
  }

  void set(Timer timer) {
    long left = Duration.between(time.clock().instant(), timer.due()).toNanos();
    set(timer, time.ticker().nanos() + left);
  }

  private void set(Timer timer, long deadline) {
    Key key = new Key(timer.owner(), timer.name());
    set.compute(
        key,
        (_, before) -> {
          if (before != null) {
            before.alarm().cancel();
          }
          return new Ringing(timer.due(), deadline, alarm(key, timer.due(), timer.due()));
        });
  }

  private Alarms.Alarm alarm(Key key, Instant due, Instant at) {
    return time.alarms().at(at, () -> ring(key, due));
  }

  private void ring(Key key, Instant due) {
    Duration wait = patience.apply(due);
    if (!wait.isPositive()) {
      fire.accept(key.owner(), new TimerFired(key.name(), due));
      return;
    }
    Instant later = time.clock().instant().plus(wait);
    set.computeIfPresent(
        key,
        (_, now) ->
            now.due().equals(due) ? new Ringing(due, now.deadline(), alarm(key, due, later)) : now);
  }

  void cancel(OwnerRef owner, String name) {
    Ringing before = set.remove(new Key(owner, name));
    if (before != null) {
      before.alarm().cancel();
    }
  }

  /** Whether a timer that fired is still meant: it may have been cancelled or moved meanwhile. */
  boolean isCurrent(OwnerRef owner, TimerFired fired) {
    // Not get(), which passes by a timer that another thread is setting: it may ring before that
    // thread is done, and would be taken for one that was cancelled.
    Ringing now = set.computeIfPresent(new Key(owner, fired.name()), (_, ringing) -> ringing);
    return now != null && now.due().equals(fired.due());
  }

  /** The timers of an owner that are set, the next one first. */
  List<Timer> of(OwnerRef owner) {
    return set.entrySet().stream()
        .filter(entry -> entry.getKey().owner().equals(owner))
        .map(entry -> new Timer(owner, entry.getKey().name(), entry.getValue().due()))
        .sorted(Comparator.comparing(Timer::due))
        .toList();
  }

  /**
   * After the clock was set: gives each timer the instant at which it is due now, so that it is as
   * far away as before.
   *
   * @param durably commits the timers as they are then; if it fails, nothing has changed
   */
  void follow(Consumer<List<Timer>> durably) {
    long stamp = changing.writeLock();
    try {
      Instant now = time.clock().instant();
      long ticks = time.ticker().nanos();
      List<Timer> moved = new ArrayList<>();
      set.forEach((key, ringing) ->
          moved.add(new Timer(key.owner(), key.name(), now.plusNanos(ringing.deadline() - ticks))));
      durably.accept(moved);
      moved.forEach(this::set);
    } finally {
      changing.unlockWrite(stamp);
    }
  }

  int count() {
    return set.size();
  }
}
