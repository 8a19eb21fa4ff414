package dev.tutti.backplane.process;

import dev.tutti.core.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be done now and then, by one thread: shorten output, give up wrappers that never
 * came, end what a workload left running in its session.
 */
final class Upkeep implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private static final int PATIENCE_WITH_FOUND = 12;

  private final Attempts attempts;
  private final Sessions sessions;
  private final ProcessSettings settings;
  private final Thread thread;
  private boolean warned;

  Upkeep(Attempts attempts, Sessions sessions, ProcessSettings settings) {
    this.attempts = attempts;
    this.sessions = sessions;
    this.settings = settings;
    this.thread = Thread.ofVirtual().name("process-upkeep").start(this::goRound);
  }

  private void goRound() {
    try {
      while (true) {
        Thread.sleep(settings.upkeepInterval());
        List<Attempt> unswept = attempts.all().stream().filter(Upkeep::mayHaveStrays).toList();
        attempts.all().forEach(this::attendSafely);
        killStrays(unswept);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** One bad folder must not keep the others from being looked after. */
  private void attendSafely(Attempt attempt) {
    try {
      attend(attempt);
    } catch (RuntimeException e) {
      LOG.warn("Workload {} could not be looked after", attempt.id(), e);
    }
  }

  private void attend(Attempt attempt) {
    if (attempt.takeWatch()) {
      attempts.watch(attempt);
    }
    if (!attempt.swept() && attempt.wrapper().isPresent()) {
      shorten(attempt);
    } else if (!attempt.startTaken() && attempt.olderThan(patience(attempt))) {
      attempts.giveUp(attempt);
    }
  }

  /**
   * One that an earlier process had only made room for is started by a command that survived that
   * process; it may have to wait behind thousands of others.
   */
  private Duration patience(Attempt attempt) {
    return attempt.found()
        ? settings.startGrace().multipliedBy(PATIENCE_WITH_FOUND)
        : settings.startGrace();
  }

  private static boolean mayHaveStrays(Attempt attempt) {
    return attempt.ended() && !attempt.swept();
  }

  private void killStrays(List<Attempt> ended) {
    if (ended.isEmpty()) {
      return;
    }
    List<ProcessIdentity> wrappers =
        ended.stream().flatMap(attempt -> attempt.wrapper().stream()).toList();
    try {
      sessions.of(wrappers).forEach(stray -> Sessions.signal(stray, Linux.SIGKILL));
      ended.forEach(Attempt::foundSwept);
    } catch (Failure.Unavailable nextRound) {
      LOG.warn("What ended workloads left running goes on: {}", nextRound.getMessage());
    }
  }

  private void shorten(Attempt attempt) {
    try {
      if (!attempt.output().shorten(settings.outputBytes()) && !warned) {
        warned = true;
        LOG.warn(
            "The file system of {} cannot give space back: output is not bounded there",
            attempt.folder().home());
      }
    } catch (NoSuchFileException removed) {
      // Between our look at it and now.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
