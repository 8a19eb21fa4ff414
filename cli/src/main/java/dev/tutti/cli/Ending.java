package dev.tutti.cli;

import dev.tutti.api.EventFollower.Patience;
import dev.tutti.api.Resource;
import dev.tutti.api.TuttiClient;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Waits for something that was asked to stop. */
final class Ending<T> {
  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration MOST = Duration.ofSeconds(1);

  /** What a server may need beyond the grace it gave. */
  private static final Duration ALLOWANCE = Duration.ofSeconds(60);

  private final TuttiClient client;
  private final Resource<T> resource;
  private final Predicate<T> ended;

  Ending(TuttiClient client, Resource<T> resource, Predicate<T> ended) {
    this.client = client;
    this.resource = resource;
    this.ended = ended;
  }

  T await(String id, @Nullable Duration grace, Patience patience) throws InterruptedException {
    Duration left = Objects.requireNonNullElse(grace, Duration.ZERO).plus(ALLOWANCE);
    Duration pause = FIRST;
    while (true) {
      T now = client.get(resource, id);
      if (ended.test(now)) {
        return now;
      }
      if (left.isNegative()) {
        throw new CommandFailure(
            ExitStatus.FAILED,
            id + " has not ended yet",
            "It was asked to; `tutti event follow` shows what goes on.");
      }
      patience.pause().pause(pause);
      left = left.minus(pause);
      pause = pause.multipliedBy(2).compareTo(MOST) > 0 ? MOST : pause.multipliedBy(2);
    }
  }
}
