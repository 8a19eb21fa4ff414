package dev.tutti.api;

import java.time.Duration;

/**
 * How long a client waits.
 *
 * @param connect for a connection
 * @param answer for the next bytes of an answer
 * @param silence for the next bytes of an event stream, before it is taken for dead; the server
 *     sends a comment more often than that
 */
public record Timeouts(Duration connect, Duration answer, Duration silence) {
  public static final Timeouts USUAL =
      new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(60));
}
