package dev.tutti.http;

import dev.tutti.core.Failure;
import dev.tutti.core.surface.EventSource;
import io.helidon.webserver.CloseConnectionException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends events as {@code text/event-stream} until the client leaves or the server stops. */
final class EventStream {

  private static final Logger log = LoggerFactory.getLogger(EventStream.class);

  /** A line that clients ignore; it keeps what stands between from giving the connection up. */
  private static final String HEARTBEAT = ":\n\n";

  private final Connection connection;
  private final EventSource source;
  private final Duration heartbeat;

  EventStream(Connection connection, EventSource source, Duration heartbeat) {
    this.connection = connection;
    this.source = source;
    this.heartbeat = heartbeat;
  }

  void send(boolean head) {
    ChunkedAnswer answer = connection.chunkedAnswer();
    Thread thread = Thread.currentThread();
    try (source) {
      connection.startStreaming(thread::interrupt);
      answer.begin("text/event-stream");
      String told = "";
      if (!source.position().isEmpty()) {
        told = source.position();
        answer.write(place(told));
      }
      while (!head && !connection.stopping()) {
        List<EventSource.Event> events = source.next(heartbeat);
        String position = source.position();
        answer.write(events.isEmpty() && !position.equals(told) ? place(position) : text(events));
        told = position;
      }
      answer.end();
    } catch (InterruptedException e) {
      endInPeace(answer);
    } catch (Failure e) {
      String trace = Trace.fresh();
      log.info("An event stream ends: {} (trace {})", e.getMessage(), trace);
      answer.write(text("", "problem", Json.line(Problems.view(e.problem(), trace))));
      answer.end();
    } finally {
      connection.finishStreaming();
    }
    throw new CloseConnectionException("The events are at their end");
  }

  /** Woken by the server's stop there is a client to tell; if it left, the write fails at once. */
  private void endInPeace(ChunkedAnswer answer) {
    if (connection.stopping()) {
      answer.end();
    }
  }

  /** An id without data is no event, but where a client goes on after a lost connection. */
  private static String place(String position) {
    return "id: " + oneLine(position) + "\n\n";
  }

  private static String text(List<EventSource.Event> events) {
    if (events.isEmpty()) {
      return HEARTBEAT;
    }
    StringBuilder text = new StringBuilder();
    for (EventSource.Event event : events) {
      text.append(text(event.id(), event.type(), Json.line(event.data())));
    }
    return text.toString();
  }

  private static String text(String id, String type, String data) {
    String named = id.isEmpty() ? "" : "id: " + oneLine(id) + "\n";
    return named + "event: " + oneLine(type) + "\ndata: " + data + "\n\n";
  }

  /** A line break would let the value begin a field of its own. */
  private static String oneLine(String text) {
    return text.replace('\r', ' ').replace('\n', ' ').replace('\0', ' ');
  }
}
