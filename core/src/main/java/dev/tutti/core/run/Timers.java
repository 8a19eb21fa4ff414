package dev.tutti.core.run;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.Timer;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** The durable timers that are set, as alarms: the store remembers them, this rings them. */
final class Timers {

  private record Key(OwnerRef owner, String name) {}

  private record Ringing(Instant due, Alarms.Alarm alarm) {}

  private final Alarms alarms;
  private final BiConsumer<OwnerRef, TimerFired> fire;
  private final ConcurrentHashMap<Key, Ringing> set = new ConcurrentHashMap<>();

  Timers(Alarms alarms, BiConsumer<OwnerRef, TimerFired> fire) {
    this.alarms = alarms;
    this.fire = fire;
  }

  void set(Timer timer) {
    TimerFired message = new TimerFired(timer.name(), timer.due());
    set.compute(
        new Key(timer.owner(), timer.name()),
        (_, before) -> {
          if (before != null) {
            before.alarm().cancel();
          }
          return new Ringing(
              timer.due(), alarms.at(timer.due(), () -> fire.accept(timer.owner(), message)));
        });
  }

  void cancel(OwnerRef owner, String name) {
    Ringing before = set.remove(new Key(owner, name));
    if (before != null) {
      before.alarm().cancel();
    }
  }

  /** Whether a timer that fired is still meant: it may have been cancelled or moved meanwhile. */
  boolean isCurrent(OwnerRef owner, TimerFired fired) {
    Ringing now = set.get(new Key(owner, fired.name()));
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

  int count() {
    return set.size();
  }
}
