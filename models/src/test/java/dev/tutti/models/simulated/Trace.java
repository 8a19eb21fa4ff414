package dev.tutti.models.simulated;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The last steps of a run, for people, and a number over all of them. A run that is replayed keeps
 * them all.
 */
final class Trace {

  private static final int KEPT = Long.getLong("tutti.seed") == null ? 120 : 1_000_000;

  private final VirtualTime time;
  private final Deque<String> last = new ArrayDeque<>();
  private long steps;
  private long fingerprint;

  Trace(VirtualTime time) {
    this.time = time;
  }

  void add(String step) {
    steps++;
    fingerprint = fingerprint * 31 + step.hashCode();
    if (last.size() == KEPT) {
      last.removeFirst();
    }
    last.addLast(time.elapsed() + " ms  " + step);
  }

  long steps() {
    return steps;
  }

  /** The same for runs that took the same steps. */
  long fingerprint() {
    return fingerprint;
  }

  @Override
  public String toString() {
    return "the last of " + steps + " steps:\n  " + String.join("\n  ", last);
  }
}
