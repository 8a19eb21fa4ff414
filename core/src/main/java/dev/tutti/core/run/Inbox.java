package dev.tutti.core.run;

import dev.tutti.core.Failure;
import dev.tutti.core.Message;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be decided by one owner, and whether it may be: one thread at a time works on it,
 * and none while the owner is stuck. Safe for any thread.
 */
final class Inbox {

  /**
   * @param patient whether the sender can wait until the store takes writes again
   * @param errand the request on whose behalf it was sent; null for none
   * @param expectation what has to be true when it is decided; null for nothing
   */
  record Envelope(
      Message message,
      Receipt receipt,
      boolean patient,
      @Nullable Errand errand,
      @Nullable Expectation expectation) {}

  private static final int MAX_WAITING_WHILE_STUCK = 10_000;

  private final Runnable begin;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Envelope> waiting = new ArrayDeque<>();
  private boolean working;
  private boolean stuck;
  // Whether the message that failed is still the first that waits: one whose sender could not wait
  // is not.
  private boolean failedFirst;
  private Optional<Failure.Unavailable> storeTrouble = Optional.empty();
  private Instant storeSince = Instant.EPOCH;

  /**
   * @param begin makes a thread {@link #take} until nothing is left; it must not wait for that
   */
  Inbox(Runnable begin) {
    this.begin = begin;
  }

  /** Whether it was taken: while the owner is stuck, only what can wait is, and not without end. */
  boolean add(Envelope envelope) {
    lock.lock();
    try {
      if (stuck && (!envelope.patient() || waiting.size() >= MAX_WAITING_WHILE_STUCK)) {
        return false;
      }
      waiting.addLast(envelope);
      work();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    if (!working && !stuck) {
      working = true;
      begin.run();
    }
  }

  /** The next ones, up to so many. With none, whoever takes works no longer. */
  List<Envelope> take(int most) {
    lock.lock();
    try {
      List<Envelope> batch = new ArrayList<>();
      while (!stuck && batch.size() < most && !waiting.isEmpty()) {
        batch.add(waiting.removeFirst());
      }
      working = !batch.isEmpty();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  boolean idle() {
    lock.lock();
    try {
      return waiting.isEmpty() && !working && !stuck;
    } finally {
      lock.unlock();
    }
  }

  boolean isStuck() {
    lock.lock();
    try {
      return stuck;
    } finally {
      lock.unlock();
    }
  }

  StrandStatus status() {
    lock.lock();
    try {
      return new StrandStatus(
          waiting.size(),
          stuck,
          storeTrouble.map(Failure.Unavailable::getMessage),
          storeTrouble.map(_ -> storeSince));
    } finally {
      lock.unlock();
    }
  }

  /** What was taken could be written. */
  void storeTakesWrites() {
    lock.lock();
    try {
      storeTrouble = Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes back, in order, what the store does not take now. Whoever took it still works on it.
   *
   * @return those whose senders cannot wait
   */
  List<Envelope> takeBack(List<Envelope> envelopes, Failure.Unavailable why, Instant now) {
    lock.lock();
    try {
      if (storeTrouble.isEmpty()) {
        storeSince = now;
      }
      storeTrouble = Optional.of(why);
      envelopes.reversed().stream().filter(Envelope::patient).forEach(waiting::addFirst);
      return impatient(envelopes);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Nobody works on it from now on; what was taken waits with the rest.
   *
   * @param envelopes the one that failed, and those that were taken with it
   * @return those whose senders cannot wait
   */
  List<Envelope> park(List<Envelope> envelopes) {
    lock.lock();
    try {
      List<Envelope> all = new ArrayList<>(envelopes);
      all.addAll(waiting);
      waiting.clear();
      all.stream().filter(Envelope::patient).forEach(waiting::addLast);
      stuck = true;
      failedFirst = envelopes.getFirst().patient();
      working = false;
      storeTrouble = Optional.empty();
      return impatient(all);
    } finally {
      lock.unlock();
    }
  }

  private static List<Envelope> impatient(List<Envelope> envelopes) {
    return envelopes.stream().filter(envelope -> !envelope.patient()).toList();
  }

  /**
   * Ends being stuck for whoever comes first, who then {@linkplain #goOn goes on} or {@linkplain
   * #parkAgain does not}; until then nobody works.
   *
   * @return whether it was stuck
   */
  boolean release() {
    lock.lock();
    try {
      if (!stuck) {
        return false;
      }
      stuck = false;
      working = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * After a {@link #release}: the message that failed, if it still waits, which it then does not.
   */
  Optional<Envelope> takeFailed() {
    lock.lock();
    try {
      return failedFirst ? Optional.ofNullable(waiting.pollFirst()) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** After a {@link #release} that could not be written. */
  void parkAgain(Optional<Envelope> failed) {
    lock.lock();
    try {
      stuck = true;
      working = false;
      failed.ifPresent(waiting::addFirst);
    } finally {
      lock.unlock();
    }
  }

  /** After a {@link #release}. */
  void goOn() {
    lock.lock();
    try {
      failedFirst = false;
      working = false;
      work();
    } finally {
      lock.unlock();
    }
  }
}
