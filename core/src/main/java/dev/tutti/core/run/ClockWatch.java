package dev.tutti.core.run;

import dev.tutti.core.Failure;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Store;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.UnreadableDocument;
import dev.tutti.core.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees when time does what a deadline does not expect. When the clock is set, deadlines move with
 * it: they are as far away as before. When the process stood still, deadlines that passed meanwhile
 * wait until the messages that arrived meanwhile had their turn. Both are told in the journal.
 */
final class ClockWatch {

  private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

  /** Reading clock and ticker takes no longer, unless the process was frozen in between. */
  private static final long ONE_MOMENT = 50_000_000;

  /**
   * A time in which nothing was decided.
   *
   * @param calmAt when by the ticker those deadlines may pass that were due in it
   */
  private record Standstill(Instant from, Instant to, long calmAt) {}

  private final Store store;
  private final Time time;
  private final EngineSettings settings;
  private final Consumer<JournalEntry> journal;
  // Guards what follows; never held while something is committed.
  private final ReentrantLock lock = new ReentrantLock();
  private Standstill last = new Standstill(Instant.EPOCH, Instant.EPOCH, Long.MIN_VALUE);
  private long beatTicks;
  private Instant beatTime = Instant.EPOCH;
  private long offset;
  private boolean watching;

  ClockWatch(Store store, Time time, EngineSettings settings, Consumer<JournalEntry> journal) {
    this.store = store;
    this.time = time;
    this.settings = settings;
    this.journal = journal;
  }

  /**
   * Puts timers right after a clock that was set while nobody watched, before they are set. Within
   * one era that is known exactly. Beyond, a journal from the future tells of a clock that was set
   * back.
   */
  void begin() {
    Instant now = time.clock().instant();
    long offsetNow = offset();
    TimerShift shift = new TimerShift(store, now);
    Optional<ClockNote> noted = noted();
    noted.ifPresent(shift::complete);
    Optional<Instant> alive = lastEntry();
    Duration jump =
        noted
            .filter(note -> note.era().equals(time.ticker().era()))
            .map(note -> Duration.of(offsetNow - note.offsetMicros(), ChronoUnit.MICROS))
            .orElseGet(() ->
                alive
                    .filter(now::isBefore)
                    .map(at -> Duration.between(at, now))
                    .orElse(Duration.ZERO));
    boolean jumped = jump.abs().compareTo(settings.tolerance()) > 0;
    if (jumped) {
      shift.write(TimerShift.shifted(store.timers(), jump), note(offsetNow), jump);
      tell(jump, " while nobody watched");
    } else if (noted.filter(note -> note.era().equals(time.ticker().era())).isEmpty()) {
      shift.write(List.of(), note(offsetNow), jump);
    }
    lock.lock();
    try {
      offset = offsetNow;
      beat(time.ticker().nanos(), now);
      Instant from = alive.map(at -> jumped ? at.plus(jump) : at).orElse(now);
      last = new Standstill(from, now, beatTicks + settings.grace().toNanos());
      watching = true;
    } finally {
      lock.unlock();
    }
  }

  /** A note that cannot be read makes way for a new one. */
  private Optional<ClockNote> noted() {
    try {
      return store.find(ClockNote.KIND, ClockNote.ID).map(Document::body);
    } catch (UnreadableDocument useless) {
      store.commit(Transaction.of(new Write.DeleteDocument(ClockNote.KIND, ClockNote.ID)));
      return Optional.empty();
    }
  }

  private Optional<Instant> lastEntry() {
    long number = store.lastJournalNumber();
    return store.journal(Math.max(0, number - 1), Optional.empty(), 1).stream()
        .findFirst()
        .map(JournalEntry::time);
  }

  private ClockNote note(long offsetMicros) {
    return new ClockNote(time.ticker().era(), offsetMicros, 0, "");
  }

  /** By how many microseconds the clock is ahead of the ticker. */
  private long offset() {
    while (true) {
      long before = time.ticker().nanos();
      Instant now = time.clock().instant();
      if (time.ticker().nanos() - before < ONE_MOMENT) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, now) - before / 1_000;
      }
    }
  }

  /**
   * How long a deadline has to wait that is due now. May be asked before the beat that finds out
   * about a standstill: alarms do not wait for it.
   */
  Duration patience(Instant due) {
    lock.lock();
    try {
      if (!watching) {
        return Duration.ZERO;
      }
      long ticks = time.ticker().nanos();
      if (ticks - beatTicks > limit()) {
        standstill(ticks);
      }
      boolean passedMeanwhile = due.isAfter(last.from()) && !due.isAfter(last.to());
      return passedMeanwhile && last.calmAt() > ticks
          ? Duration.ofNanos(last.calmAt() - ticks)
          : Duration.ZERO;
    } finally {
      lock.unlock();
    }
  }

  private long limit() {
    return settings.beat().plus(settings.tolerance()).toNanos();
  }

  private void standstill(long ticks) {
    last =
        new Standstill(
            beatTime, beatTime.plusNanos(ticks - beatTicks), ticks + settings.grace().toNanos());
  }

  private void beat(long ticks, Instant now) {
    beatTicks = ticks;
    beatTime = now;
  }

  /** Looks once; to be called at every beat. */
  void look(Timers timers) {
    Duration stood = Duration.ZERO;
    long offsetNow = offset();
    Duration jump;
    lock.lock();
    try {
      long ticks = time.ticker().nanos();
      if (ticks - beatTicks > limit()) {
        standstill(ticks);
        stood = Duration.ofNanos(ticks - beatTicks);
      }
      beat(ticks, time.clock().instant());
      jump = Duration.of(offsetNow - offset, ChronoUnit.MICROS);
      if (jump.abs().compareTo(settings.tolerance()) <= 0) {
        offset = offsetNow;
        jump = Duration.ZERO;
      }
    } finally {
      lock.unlock();
    }
    if (!stood.isZero()) {
      tellStandstill(stood);
    }
    if (!jump.isZero()) {
      follow(timers, jump, offsetNow);
    }
  }

  /** If this fails, the next beat finds the same jump. */
  private void follow(Timers timers, Duration jump, long offsetNow) {
    TimerShift shift = new TimerShift(store, time.clock().instant());
    timers.follow(moved -> shift.write(moved, note(offsetNow), jump));
    lock.lock();
    try {
      offset = offsetNow;
      last = new Standstill(last.from().plus(jump), last.to().plus(jump), last.calmAt());
    } finally {
      lock.unlock();
    }
    tell(jump, "");
  }

  private void tell(Duration jump, String when) {
    record(
        "clock.jumped",
        "The clock was set %s by %s%s; deadlines moved with it."
            .formatted(jump.isNegative() ? "back" : "forward", seconds(jump.abs()), when),
        jump);
  }

  private void tellStandstill(Duration stood) {
    record(
        "clock.stood-still",
        "This process stood still for %s; deadlines that passed meanwhile wait %s for what arrived."
            .formatted(seconds(stood), seconds(settings.grace())),
        stood);
  }

  private void record(String type, String sentence, Duration howMuch) {
    LOG.warn("{}", sentence);
    Instant now = time.clock().instant();
    try {
      journal.accept(
          new JournalEntry(
              0,
              now,
              ClockNote.OWNER,
              type,
              ClockNote.OWNER.id(),
              sentence,
              Map.of("seconds", howMuch.toMillis() / 1_000.0)));
    } catch (Failure.Unavailable full) {
      LOG.warn("that could not be written to the journal: {}", full.getMessage());
    }
  }

  private static String seconds(Duration duration) {
    return "%d.%03d s".formatted(duration.toSeconds(), duration.toMillisPart());
  }
}
