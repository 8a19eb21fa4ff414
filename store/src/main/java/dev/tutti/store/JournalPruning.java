package dev.tutti.store;

import java.time.Instant;
import java.util.List;

/** Deletes the oldest journal entries in steps small enough that other writes hardly wait. */
final class JournalPruning {

  private static final int STEP = 500;

  private final Reading reading;
  private final GroupCommit writer;

  JournalPruning(Reading reading, GroupCommit writer) {
    this.reading = reading;
    this.writer = writer;
  }

  void prune(Instant olderThan, long maxBytes) {
    long last = reading.lastJournalNumber();
    long upTo = reading.lastJournalNumberBefore(Database.micros(olderThan));
    upTo = Math.min(Math.max(upTo, beyond(maxBytes, last)), last - 1);
    long from = reading.firstJournalNumber();
    while (from <= upTo) {
      long to = Math.min(upTo, from + STEP - 1);
      writer.commit(List.of(new Prepared.Prune(to)));
      from = to + 1;
    }
  }

  /** The oldest entries up to this number are beyond the size, if entries are of one size. */
  private long beyond(long maxBytes, long last) {
    long bytes = reading.journalBytes();
    if (bytes <= maxBytes) {
      return 0;
    }
    long first = reading.firstJournalNumber();
    double excess = 1 - (double) maxBytes / bytes;
    return first + Math.round((last - first) * excess);
  }
}
