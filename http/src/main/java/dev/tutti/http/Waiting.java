package dev.tutti.http;

import java.time.Duration;

/** What a connection waits for, and since when. */
final class Waiting {

  /** How long a client may go on talking after the last answer. */
  static final Duration LINGER = Duration.ofSeconds(1);

  enum Phase {
    /** Between two requests. */
    IDLE,
    /** The first byte of a request is here, its header not yet. */
    HEAD,
    /** An endpoint works on it. */
    HANDLING,
    /** An answer goes out that has no end of its own. */
    STREAMING,
    /** All is said; the client may still be talking. */
    LINGERING
  }

  private volatile Phase phase = Phase.IDLE;
  private volatile long since = System.nanoTime();
  private volatile boolean receiving;
  private volatile long receivingSince;

  Phase phase() {
    return phase;
  }

  void enter(Phase next) {
    since = System.nanoTime();
    phase = next;
  }

  void beginReceiving() {
    receivingSince = System.nanoTime();
    receiving = true;
  }

  void endReceiving() {
    receiving = false;
  }

  boolean overdue(long now, HttpLimits limits) {
    return switch (phase) {
      case IDLE -> passed(now, since, limits.idleTimeout());
      case HEAD -> passed(now, since, limits.headTimeout());
      case HANDLING -> receiving && passed(now, receivingSince, limits.bodyTimeout());
      case STREAMING -> false;
      case LINGERING -> passed(now, since, LINGER);
    };
  }

  private static boolean passed(long now, long since, Duration limit) {
    return now - since > limit.toNanos();
  }
}
