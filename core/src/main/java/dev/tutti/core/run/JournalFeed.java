package dev.tutti.core.run;

import dev.tutti.core.Failure;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.Problem;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The journal as a feed: readers wait here until something new was written. */
public final class JournalFeed {

  private static final int PAGE = 500;

  private final Store store;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition written = lock.newCondition();
  private long last;

  JournalFeed(Store store) {
    this.store = store;
    this.last = store.lastJournalNumber();
  }

  void wrote(long number) {
    lock.lock();
    try {
      if (number > last) {
        last = number;
        written.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Number of the last entry. */
  public long last() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reads entries after a number, of one owner when given, waiting for the next ones if there are
   * none yet.
   *
   * @throws Failure.Rejected with status 410 when entries after that number are no longer kept
   */
  public List<JournalEntry> after(long number, Optional<OwnerRef> owner, Duration atMost)
      throws InterruptedException {
    if (number + 1 < store.firstJournalNumber()) {
      throw new Failure.Rejected(
          Problem.of(
                  "events-gone",
                  410,
                  "Events up to number %d are no longer kept."
                      .formatted(store.firstJournalNumber() - 1))
              .suggesting("Read the lists once, then follow from the newest event."));
    }
    long deadline = System.nanoTime() + atMost.toNanos();
    long from = number;
    while (true) {
      long seen = last();
      List<JournalEntry> entries = store.journal(from, owner, PAGE);
      if (!entries.isEmpty()) {
        return entries;
      }
      from = Math.max(from, seen);
      long left = deadline - System.nanoTime();
      if (left <= 0 || !awaitAfter(seen, left)) {
        return List.of();
      }
    }
  }

  private boolean awaitAfter(long seen, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (last <= seen && left > 0) {
        left = written.awaitNanos(left);
      }
      return last > seen;
    } finally {
      lock.unlock();
    }
  }
}
