package dev.tutti.simulations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Logins that failed, by the address they came from: who fails too often has to wait, whatever is
 * shown then, so that a password cannot be found by trying. May be used by any thread.
 */
final class FailedLogins {

  static final int ALLOWED = 10;
  static final Duration WITHIN = Duration.ofMinutes(1);
  static final int MOST_ADDRESSES = 10_000;

  private final Clock clock;
  // The address that was heard of longest ago is forgotten first.
  private final Map<String, Deque<Instant>> failures = new LinkedHashMap<>();

  FailedLogins(Clock clock) {
    this.clock = clock;
  }

  /** How long this address has to wait before it may try again; empty when it may. */
  synchronized Optional<Duration> toWait(String address) {
    Deque<Instant> times = failures.getOrDefault(address, new ArrayDeque<>());
    Instant now = clock.instant();
    while (!times.isEmpty() && !times.getFirst().isAfter(now.minus(WITHIN))) {
      times.removeFirst();
    }
    return times.size() < ALLOWED
        ? Optional.empty()
        : Optional.of(Duration.between(now, times.getFirst().plus(WITHIN)));
  }

  synchronized void failed(String address) {
    Deque<Instant> times = Optional.ofNullable(failures.remove(address)).orElseGet(ArrayDeque::new);
    times.addLast(clock.instant());
    failures.put(address, times);
    if (failures.size() > MOST_ADDRESSES) {
      failures.remove(failures.keySet().iterator().next());
    }
  }

  synchronized void succeeded(String address) {
    failures.remove(address);
  }
}
