package dev.tutti.app;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Health;
import dev.tutti.core.bus.Bus;
import java.time.Duration;

/** Waits for a connection that is being made in the background. */
final class Connections {

  private static final Duration PAUSE = Duration.ofMillis(20);

  private Connections() {}

  static void await(Bus bus, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    Health health = bus.health();
    while (!health.healthy()) {
      if (System.nanoTime() > deadline) {
        throw new Failure.Unavailable(health.detail());
      }
      Thread.sleep(PAUSE);
      health = bus.health();
    }
  }
}
