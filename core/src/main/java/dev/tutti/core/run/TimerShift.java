package dev.tutti.core.run;

import dev.tutti.core.store.Document;
import dev.tutti.core.store.Store;
import dev.tutti.core.store.Timer;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Writes timers down whose instants moved with the clock, a transaction at a time. The note goes
 * along, so that after a crash none is shifted twice and none is left out.
 */
final class TimerShift {

  private static final int SLICE = Transaction.MAX_WRITES - 1;

  private final Store store;
  private final Instant now;

  TimerShift(Store store, Instant now) {
    this.store = store;
    this.now = now;
  }

  /** Writes down timers that were shifted, and how the clock stands now. */
  void write(List<Timer> shifted, ClockNote after, Duration by) {
    List<Timer> ordered = ordered(shifted);
    for (int from = 0; from < ordered.size(); from += SLICE) {
      List<Timer> slice = ordered.subList(from, Math.min(ordered.size(), from + SLICE));
      List<Write> writes = new ArrayList<>();
      slice.forEach(timer -> writes.add(new Write.SetTimer(timer)));
      writes.add(
          put(
              new ClockNote(
                  after.era(),
                  after.offsetMicros(),
                  by.toNanos() / 1_000,
                  place(slice.getLast()))));
      store.commit(new Transaction(writes));
    }
    store.commit(Transaction.of(put(after)));
  }

  /** Goes on with a shift that a crash cut short. */
  void complete(ClockNote note) {
    if (note.shiftMicros() == 0) {
      return;
    }
    Duration by = Duration.of(note.shiftMicros(), ChronoUnit.MICROS);
    List<Timer> left =
        store.timers().stream()
            .filter(timer -> place(timer).compareTo(note.shiftedUpTo()) > 0)
            .toList();
    write(shifted(left, by), new ClockNote(note.era(), note.offsetMicros(), 0, ""), by);
  }

  static List<Timer> shifted(List<Timer> timers, Duration by) {
    return timers.stream()
        .map(timer -> new Timer(timer.owner(), timer.name(), timer.due().plus(by)))
        .toList();
  }

  private Write put(ClockNote note) {
    long version = store.find(ClockNote.KIND, ClockNote.ID).map(Document::version).orElse(0L);
    return new Write.PutDocument<>(ClockNote.KIND, ClockNote.ID, version, note, now);
  }

  private static List<Timer> ordered(List<Timer> timers) {
    return timers.stream().sorted(Comparator.comparing(TimerShift::place)).toList();
  }

  private static String place(Timer timer) {
    return timer.owner() + "\n" + timer.name();
  }
}
