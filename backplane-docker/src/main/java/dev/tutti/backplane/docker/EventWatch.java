package dev.tutti.backplane.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventType;
import dev.tutti.core.Failure;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what the engine tells of our containers, and connects again when it stops telling. An
 * engine remembers few events, so after each connection the listener is asked to look for itself.
 */
final class EventWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventWatch.class);
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(3);

  private final Engine engine;
  private final Marks marks;
  private final Consumer<Event> listener;
  private final Runnable connected;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Starts to listen; {@code connected} runs after each attempt to connect, before the first event:
   * where events do not come and calls do, that is how ends are seen.
   */
  EventWatch(Engine engine, Marks marks, Consumer<Event> listener, Runnable connected) {
    this.engine = engine;
    this.marks = marks;
    this.listener = listener;
    this.connected = connected;
    this.thread = Thread.ofPlatform().daemon().name("docker-events").start(this::listen);
  }

  private void listen() {
    Duration pause = SHORTEST;
    while (!closed) {
      try (Listening listening = new Listening()) {
        engine.stream(client ->
            client
                .eventsCmd()
                .withEventTypeFilter(EventType.CONTAINER)
                .withLabelFilter(marks.filter().toArray(String[]::new))
                .exec(listening));
        listening.awaitAnswer();
        connected.run();
        if (listening.begun()) {
          pause = SHORTEST;
        }
        listening.awaitCompletion();
      } catch (InterruptedException end) {
        return;
      } catch (Exception lost) {
        LOG.warn("The events of the Docker Engine ended: {}", String.valueOf(lost.getMessage()));
      }
      pause = waited(pause);
    }
  }

  private Duration waited(Duration pause) {
    try {
      if (!closed) {
        Thread.sleep(pause);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /** One connection. */
  private final class Listening extends ResultCallback.Adapter<Event> {

    private final CountDownLatch answered = new CountDownLatch(1);
    private volatile boolean begun;

    /** Waits for the engine; the client's own waiting for it never ends when it is gone. */
    void awaitAnswer() throws InterruptedException {
      answered.await();
    }

    /** Whether the engine has answered with a stream. */
    boolean begun() {
      return begun;
    }

    @Override
    public void onStart(Closeable stream) {
      super.onStart(stream);
      begun = true;
      answered.countDown();
    }

    /** Runs also when it fails. */
    @Override
    public void close() throws IOException {
      try {
        super.close();
      } finally {
        answered.countDown();
      }
    }

    @Override
    public void onNext(Event event) {
      try {
        listener.accept(event);
      } catch (Failure later) {
        LOG.warn("An event waits for the next comparison: {}", later.getMessage());
      }
    }
  }
}
