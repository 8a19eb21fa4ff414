package dev.tutti.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Follows events over as many connections as it takes, as a browser does: by their last id. */
final class EventReader implements AutoCloseable {

  private static final long PAUSE_NANOS = 50_000_000;

  private final ServerProcess server;
  private final long begin;
  private final List<Long> numbers = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Thread thread;
  private volatile String lastId;
  private volatile boolean closed;

  EventReader(ServerProcess server, long begin) {
    this.server = server;
    this.begin = begin;
    this.lastId = String.valueOf(begin);
    this.thread = Thread.ofVirtual().start(this::read);
  }

  long begin() {
    return begin;
  }

  /** The numbers of all events, as they came. */
  List<Long> numbers() {
    return List.copyOf(numbers);
  }

  /** The number of the last event; where it began when there was none. */
  long last() {
    return numbers.isEmpty() ? begin : numbers.getLast();
  }

  int connections() {
    return connections.get();
  }

  private void read() {
    while (!closed) {
      try {
        follow();
      } catch (IOException | UncheckedIOException dead) {
        // It is dead, or not there yet: tried again as a browser would.
      } catch (InterruptedException left) {
        return;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void follow() throws IOException, InterruptedException {
    HttpResponse<Stream<String>> answer =
        server.open("/api/v1/events", "Accept", "text/event-stream", "Last-Event-ID", lastId);
    if (answer.statusCode() != 200) {
      return;
    }
    connections.incrementAndGet();
    String id = "";
    boolean data = false;
    try (Stream<String> body = answer.body()) {
      for (Iterator<String> lines = body.iterator(); lines.hasNext() && !closed; ) {
        String line = lines.next();
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ")) {
          data = true;
        } else if (line.isEmpty() && !id.isEmpty()) {
          lastId = id;
          if (data) {
            numbers.add(Long.parseLong(id));
          }
          data = false;
        }
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
