package dev.tutti.cli;

import dev.tutti.api.EventFollower.Patience;
import dev.tutti.api.Resource;
import dev.tutti.api.Seen;
import dev.tutti.api.TuttiClient;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Waits for the end of something. */
final class Ending<T> {
  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration MOST = Duration.ofSeconds(1);

  private final TuttiClient client;
  private final Resource<T> resource;
  private final Predicate<T> ended;

  Ending(TuttiClient client, Resource<T> resource, Predicate<T> ended) {
    this.client = client;
    this.resource = resource;
    this.ended = ended;
  }

  private static Duration asked(@Nullable Duration timeout, Duration waited) {
    Duration left = timeout == null ? LONGEST : timeout.minus(waited);
    return left.compareTo(LONGEST) < 0 ? left : LONGEST;
  }

  /**
   * Blocks until it has ended: the server answers when something changes. One that cannot is asked
   * again and again.
   *
   * @param timeout how long at most; null for as long as it takes
   */
  T await(String id, @Nullable Duration timeout, Patience patience) throws InterruptedException {
    Duration waited = Duration.ZERO;
    Duration pause = FIRST;
    Seen<T> seen = client.see(resource, id);
    while (true) {
      if (ended.test(seen.value())) {
        return seen.value();
      }
      if (timeout != null && waited.compareTo(timeout) >= 0) {
        throw new CommandFailure(
            ExitStatus.TIMED_OUT,
            id + " has not ended within " + timeout.toSeconds() + " s",
            "It goes on; `tutti event follow` shows what happens.");
      }
      if (seen.tag() != null) {
        long began = System.nanoTime();
        seen = client.next(resource, id, seen, asked(timeout, waited));
        waited = waited.plusNanos(System.nanoTime() - began);
      } else {
        patience.pause().pause(pause);
        waited = waited.plus(pause);
        pause = pause.multipliedBy(2).compareTo(MOST) > 0 ? MOST : pause.multipliedBy(2);
        seen = client.see(resource, id);
      }
    }
  }
}
