package dev.tutti.models;

import dev.tutti.core.Failure;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Ends the orchestrator at one position: before or after one of its calls to the outside, counted
 * from the start. Once it has blown, no call gets through any more, as after {@code kill -9}.
 */
final class Fuse {

  private final int position;
  private final AtomicInteger passed = new AtomicInteger();
  private volatile boolean blown;

  /**
   * @param position blows at this many positions passed; never for 0
   */
  Fuse(int position) {
    this.position = position;
  }

  <T> T through(Supplier<T> call) {
    pass();
    T result = call.get();
    pass();
    return result;
  }

  void through(Runnable call) {
    through(() -> {
      call.run();
      return "";
    });
  }

  private void pass() {
    if (blown || passed.incrementAndGet() == position) {
      blown = true;
      throw new Failure.Unavailable("the process has ended");
    }
  }

  /** For what does not change the outside: it is no position, but a dead process reads nothing. */
  <T> T alive(Supplier<T> call) {
    if (blown) {
      throw new Failure.Unavailable("the process has ended");
    }
    return call.get();
  }

  boolean blown() {
    return blown;
  }

  int passed() {
    return passed.get();
  }
}
