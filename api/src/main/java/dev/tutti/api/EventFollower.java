package dev.tutti.api;

import java.io.EOFException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Follows the journal over as many connections as it takes, each going on where the one before
 * broke off.
 */
public final class EventFollower<T> {
  private final TuttiClient client;
  private final Class<T> type;
  private final Patience patience;
  private final Map<String, String> filter;
  private @Nullable String after;

  /**
   * Connects to nobody yet.
   *
   * @param after the number after which to begin; null to begin now
   * @param filter which events, see {@link TuttiClient#events}
   */
  public EventFollower(
      TuttiClient client,
      Class<T> type,
      @Nullable String after,
      Map<String, String> filter,
      Patience patience) {
    this.client = client;
    this.type = type;
    this.after = after;
    this.filter = Map.copyOf(filter);
    this.patience = patience;
  }

  /**
   * Blocks until the listener has had enough.
   *
   * @throws ClientFailure at once when the first connection fails or the server refuses, and when
   *     it stays away for longer than the patience lasts
   */
  public void follow(Listener<T> listener) throws InterruptedException {
    boolean everConnected = false;
    Duration waited = Duration.ZERO;
    Duration pause = patience.first();
    while (true) {
      ClientFailure failure;
      try (EventStream<T> stream = client.events(type, after, filter)) {
        everConnected = true;
        waited = Duration.ZERO;
        pause = patience.first();
        listener.connected();
        if (!read(stream, listener)) {
          return;
        }
        failure =
            new ClientFailure.NotReachable(
                client.server(), new EOFException("the server ended the stream of events"));
      } catch (ClientFailure thrown) {
        failure = thrown;
      }
      if (!everConnected || !passes(failure) || waited.compareTo(patience.total()) >= 0) {
        throw failure;
      }
      listener.lost(failure);
      patience.pause().pause(jittered(pause));
      waited = waited.plus(pause);
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(patience.most()) > 0 ? patience.most() : pause;
    }
  }

  /** Reads until the stream ends; false when the listener has had enough. */
  private boolean read(EventStream<T> stream, Listener<T> listener) {
    try {
      while (true) {
        Optional<T> event = stream.next();
        if (event.isEmpty()) {
          return true;
        }
        if (!listener.happened(event.get())) {
          return false;
        }
      }
    } finally {
      after = stream.lastId();
    }
  }

  private static boolean passes(ClientFailure failure) {
    return switch (failure) {
      case ClientFailure.NotReachable _ -> true;
      case ClientFailure.Refused refused -> refused.passes();
      case ClientFailure.NotUnderstood _, ClientFailure.NotAuthorised _, ClientFailure.NotFound _ ->
          false;
    };
  }

  private static Duration jittered(Duration pause) {
    long millis = pause.toMillis();
    return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
  }

  /** Is told what happens, in order, by the thread that follows. */
  public interface Listener<T> {
    /** A connection stands; what happened while there was none comes next. */
    void connected();

    /** Returns whether to go on. */
    boolean happened(T event);

    /** The connection broke; another one will be tried. */
    void lost(ClientFailure failure);
  }

  /**
   * How long to try for a new connection.
   *
   * @param first before the first attempt; each later pause is twice as long
   * @param most the longest pause
   * @param total after which to give up
   */
  public record Patience(Duration first, Duration most, Duration total, Pause pause) {
    public static final Patience USUAL =
        new Patience(
            Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofMinutes(10), Thread::sleep);
  }

  /** Waits; tests do not. */
  @FunctionalInterface
  public interface Pause {
    void pause(Duration duration) throws InterruptedException;
  }
}
