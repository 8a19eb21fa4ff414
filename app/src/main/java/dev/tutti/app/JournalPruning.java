package dev.tutti.app;

import dev.tutti.core.run.Alarms;
import dev.tutti.store.SqliteStore;
import java.time.Duration;
import java.time.InstantSource;

/** Deletes events whose time is over, and the oldest ones when there are too many, once a day. */
final class JournalPruning {

  private static final Duration FIRST = Duration.ofMinutes(5);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(10);
  private static final long MOST_BYTES = 1L << 30;

  private final SqliteStore store;
  private final Alarms alarms;
  private final InstantSource clock;
  private final Duration kept;

  /**
   * Does nothing yet.
   *
   * @param kept how long events stay
   */
  JournalPruning(SqliteStore store, Alarms alarms, InstantSource clock, Duration kept) {
    this.store = store;
    this.alarms = alarms;
    this.clock = clock;
    this.kept = kept;
  }

  void begin() {
    in(pause(FIRST));
  }

  private void in(Duration pause) {
    Alarms.Alarm _ = alarms.at(clock.instant().plus(pause), this::prune);
  }

  private void prune() {
    try {
      store.pruneJournal(clock.instant().minus(kept), MOST_BYTES);
    } finally {
      // A disk that is full now may have room tomorrow.
      in(pause(DAY));
    }
  }

  /** Who keeps events for less than a day has them pruned as often as that. */
  private Duration pause(Duration usual) {
    Duration asked = kept.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : kept;
    return usual.compareTo(asked) < 0 ? usual : asked;
  }
}
