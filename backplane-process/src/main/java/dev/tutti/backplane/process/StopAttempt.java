package dev.tutti.backplane.process;

import dev.tutti.core.Failure;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Ends one attempt and all it started: asks, waits the grace, then kills. Only processes that were
 * seen in its session are signalled, each through a descriptor of its own, so that a number that
 * was given again harms nobody.
 */
final class StopAttempt {

  /** How long a wrapper may take from its record to its command. */
  private static final Duration TO_BEGIN = Duration.ofSeconds(2);

  /** How long a wrapper may take from the end of its command to its own. */
  private static final Duration TO_RECORD = Duration.ofSeconds(2);

  /** A killed process that does not end is stuck in the kernel, such as on a lost network disk. */
  private static final Duration TO_DIE = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofMillis(2);

  private final Sessions sessions;
  private final Attempt attempt;
  private final Consumer<Attempt> giveUp;
  private final Duration startGrace;

  /**
   * @param giveUp called for an attempt without a wrapper: decides whether one can still come
   */
  StopAttempt(Sessions sessions, Attempt attempt, Duration startGrace, Consumer<Attempt> giveUp) {
    this.sessions = sessions;
    this.attempt = attempt;
    this.startGrace = startGrace;
    this.giveUp = giveUp;
  }

  void within(Duration grace) throws InterruptedException {
    if (!attempt.ended()) {
      if (until(startGrace, () -> attempt.wrapper().isPresent())) {
        ask(grace);
      } else {
        giveUp.accept(attempt);
      }
    }
    sweep();
  }

  private void ask(Duration grace) throws InterruptedException {
    ProcessIdentity wrapper = attempt.wrapper().orElseThrow();
    // Before its command runs there is nobody who could be asked.
    boolean began =
        until(
            TO_BEGIN,
            () ->
                sessions.startedBy(wrapper).stream()
                    .anyMatch(member -> !Wrapper.isOne(member.pid())));
    if (began && !attempt.ended()) {
      sessions.startedBy(wrapper).forEach(member -> Sessions.signal(member, Linux.SIGTERM));
      if (attempt.awaitEnd(grace)) {
        return;
      }
    }
    // The wrapper is spared, so that it can write down how its command ended.
    if (!until(
        TO_RECORD,
        () -> {
          sessions.startedBy(wrapper).forEach(member -> Sessions.signal(member, Linux.SIGKILL));
          return attempt.ended();
        })) {
      sweep();
      if (!attempt.awaitEnd(TO_DIE)) {
        throw stuck();
      }
    }
  }

  /** Kills whoever is left of its session. */
  void sweep() throws InterruptedException {
    ProcessIdentity wrapper = attempt.wrapper().orElse(null);
    if (wrapper == null || attempt.swept()) {
      return;
    }
    long deadline = System.nanoTime() + TO_DIE.toNanos();
    for (List<ProcessStat> left = sessions.of(wrapper);
        !left.isEmpty();
        left = sessions.of(wrapper)) {
      if (System.nanoTime() > deadline) {
        throw stuck();
      }
      left.forEach(member -> Sessions.signal(member, Linux.SIGKILL));
      Thread.sleep(PAUSE);
    }
    if (attempt.ended()) {
      attempt.foundSwept();
    }
  }

  private boolean until(Duration atMost, BooleanSupplier done) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!done.getAsBoolean()) {
      if (attempt.ended() || System.nanoTime() > deadline) {
        return attempt.ended();
      }
      Thread.sleep(PAUSE);
    }
    return true;
  }

  private Failure.Unavailable stuck() {
    return new Failure.Unavailable(
        "Processes of workload %s were killed but do not end; look at them with ps."
            .formatted(attempt.id()));
  }
}
