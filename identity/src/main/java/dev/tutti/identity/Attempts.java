package dev.tutti.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often something may be tried: so many times at once, then one more after each pause. Bounded:
 * of too many who try, those that did not for longest are forgotten.
 */
final class Attempts {

  private static final int MOST = 10_000;

  private final InstantSource clock;
  private final int atOnce;
  private final Duration pause;

  /** Those who tried lately, the one who did last at the end. */
  private final Map<String, Tried> tried = new LinkedHashMap<>(16, 0.75f, true);

  /** What somebody has left, and when that was so; and whether the last try came too soon. */
  private record Tried(double left, Instant at, boolean heldOff) {}

  /**
   * What came of asking.
   *
   * @param delay how long to wait for the next try; zero when this one may be made
   * @param first whether this is the first one in a row that may not
   */
  record Leave(Duration delay, boolean first) {
    boolean given() {
      return delay.isZero();
    }
  }

  Attempts(InstantSource clock, int atOnce, Duration pause) {
    this.clock = clock;
    this.atOnce = atOnce;
    this.pause = pause;
  }

  /** Asks for a try, which counts when it may be made. */
  synchronized Leave ask(String who) {
    Instant now = clock.instant();
    Tried last = tried.getOrDefault(who, new Tried(atOnce, now, false));
    double gained = (double) Duration.between(last.at(), now).toNanos() / pause.toNanos();
    double left = Math.clamp(last.left() + gained, 0, atOnce);
    boolean given = left >= 1;
    // Said once for a row of tries, which ends when all of them may be made again.
    boolean heldOff = !given || (last.heldOff() && left < atOnce);
    tried.put(who, new Tried(given ? left - 1 : left, now, heldOff));
    forgetOldest();
    Duration delay =
        given ? Duration.ZERO : Duration.ofNanos((long) Math.ceil((1 - left) * pause.toNanos()));
    return new Leave(delay, !given && !last.heldOff());
  }

  /** Forgets the tries of who has succeeded. */
  synchronized void forget(String who) {
    tried.remove(who);
  }

  private void forgetOldest() {
    if (tried.size() > MOST) {
      var oldest = tried.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  synchronized int size() {
    return tried.size();
  }
}
