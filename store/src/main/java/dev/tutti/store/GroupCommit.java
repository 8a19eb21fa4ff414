package dev.tutti.store;

import dev.tutti.core.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer: takes all transactions that wait, writes them as one of SQLite's, and flushes the
 * disk once for all of them. A transaction that fails is taken out and harms no other.
 */
final class GroupCommit implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int LARGEST_GROUP = 512;
  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final Duration LINGER = Duration.ofMillis(20);
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final int MOST_PUT_OFF = 100_000;
  private static final int VACUUM_PAGES = 256;

  /**
   * @param waits whether somebody waits for the answer
   */
  private record Job(List<Prepared> writes, CompletableFuture<Long> answer, boolean waits) {}

  private final Connection connection;
  private Statements statements;
  private final LinkedBlockingQueue<Job> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  // What nobody waits for and the disk did not take; of the writer's thread alone.
  private final List<Job> putOff = new ArrayList<>();
  private final DiskWatch disk;
  private volatile boolean closed;

  GroupCommit(Connection connection, long lastJournalNumber, DiskWatch disk) throws SQLException {
    this.disk = disk;
    this.connection = connection;
    this.statements = new Statements(connection, lastJournalNumber);
    this.thread = Thread.ofPlatform().name("store-writer").start(this::work);
  }

  /** Waits until the writes are on the disk; gives the number of the last journal entry written. */
  long commit(List<Prepared> writes) {
    CompletableFuture<Long> answer = new CompletableFuture<>();
    submit(new Job(writes, answer, true));
    try {
      return answer.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        // The stack trace of the writer's thread says nothing about who asked.
        cause.addSuppressed(new IllegalStateException("waited here"));
        throw cause;
      }
      throw failed;
    }
  }

  void commitSoon(List<Prepared> writes) {
    submit(new Job(writes, new CompletableFuture<>(), false));
  }

  private void submit(Job job) {
    if (closed) {
      throw new Failure.Unavailable("The store is closed.");
    }
    queue.add(job);
  }

  private void work() {
    List<Job> group = new ArrayList<>(LARGEST_GROUP);
    while (!closed || !queue.isEmpty() || !group.isEmpty()) {
      Optional<Job> next = next(group.isEmpty() ? idle() : LINGER);
      next.ifPresent(group::add);
      if (group.isEmpty()) {
        beIdle();
        continue;
      }
      queue.drainTo(group, LARGEST_GROUP - group.size());
      boolean full = group.size() >= LARGEST_GROUP;
      // What nobody waits for rides along with what somebody does, or it would cost a flush alone.
      if (next.isEmpty() || full || closed || group.stream().anyMatch(Job::waits)) {
        write(List.copyOf(group));
        group.clear();
      }
    }
  }

  private Duration idle() {
    return disk.failing() ? RETRY : IDLE;
  }

  private void beIdle() {
    if (disk.failing()) {
      probe();
    } else {
      tidy();
    }
  }

  /** Nobody may be waiting for a write, so that nobody would see that the disk is well again. */
  private void probe() {
    try {
      statements.begin();
      statements.touch();
      statements.commit();
      wrote();
    } catch (SQLException stillNot) {
      rollback();
      disk.failed(stillNot);
    }
  }

  private void wrote() {
    disk.wrote();
    if (!putOff.isEmpty()) {
      List<Job> again = List.copyOf(putOff);
      putOff.clear();
      for (int from = 0; from < again.size(); from += LARGEST_GROUP) {
        write(again.subList(from, Math.min(again.size(), from + LARGEST_GROUP)));
      }
    }
  }

  private Optional<Job> next(Duration atMost) {
    try {
      return Optional.ofNullable(queue.poll(atMost.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException wake) {
      LOG.trace("only close() interrupts; what is queued is written all the same", wake);
      return Optional.empty();
    }
  }

  private void write(List<Job> group) {
    long[] journal = new long[group.size()];
    try {
      statements.begin();
      for (int i = 0; i < group.size(); i++) {
        journal[i] = apply(group.get(i));
      }
      statements.commit();
      for (int i = 0; i < group.size(); i++) {
        group.get(i).answer().complete(journal[i]);
      }
      wrote();
    } catch (SQLException | RuntimeException failure) {
      rollback();
      if (failure instanceof SQLException full && disk.helped(full)) {
        write(group);
      } else if (group.size() == 1) {
        fail(group.getFirst(), failure);
      } else {
        group.forEach(job -> write(List.of(job)));
      }
    }
  }

  private long apply(Job job) throws SQLException {
    long before = statements.lastJournalNumber();
    for (Prepared write : job.writes()) {
      statements.apply(write);
    }
    long after = statements.lastJournalNumber();
    return after == before ? 0 : after;
  }

  private void fail(Job job, Exception failure) {
    RuntimeException told;
    if (failure instanceof SQLException notTaken) {
      disk.failed(notTaken);
      told = Database.unavailable(notTaken);
      if (!job.waits() && !closed && putOff.size() < MOST_PUT_OFF) {
        putOff.add(job);
        return;
      }
    } else {
      told = (RuntimeException) failure;
    }
    if (!job.waits()) {
      LOG.warn("a write that nobody waits for failed: {}", told.getMessage());
    }
    job.answer().completeExceptionally(told);
  }

  private void rollback() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException alreadyRolledBack) {
      LOG.debug("nothing to roll back: {}", alreadyRolledBack.getMessage());
    }
    try {
      statements.close();
      statements = new Statements(connection, statements.committedJournalNumber());
    } catch (SQLException later) {
      // The next write fails as well, and tries this again.
      LOG.debug("statements cannot be prepared now: {}", later.getMessage());
    }
  }

  /** Gives pages of deleted rows back to the file system, a few at a time. */
  private void tidy() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA incremental_vacuum(" + VACUUM_PAGES + ")");
    } catch (SQLException busyOrFull) {
      LOG.debug("not tidied: {}", busyOrFull.getMessage());
    }
  }

  /** Writes what is queued, then ends. */
  @Override
  public void close() throws SQLException {
    closed = true;
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    statements.close();
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException noRoom) {
      LOG.info("The log of the database is kept for the next start: {}", noRoom.getMessage());
    }
    connection.close();
  }
}
