package dev.tutti.core.surface;

import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** What an endpoint answers. Failures are thrown as {@link dev.tutti.core.Failure}. */
public sealed interface Answer {

  /** The HTTP status that goes out. */
  int status();

  /** A record as JSON. */
  record Json(int status, Object body) implements Answer {}

  /** Nothing but a status. */
  record Empty(int status) implements Answer {}

  /** Text of a given media type. */
  record Text(int status, String mediaType, String body) implements Answer {}

  /** Bytes that are sent as they come, each read being flushed; the stream is closed at the end. */
  record Bytes(String mediaType, InputStream body) implements Answer {
    @Override
    public int status() {
      return 200;
    }
  }

  /** Server-sent events until the client or the source ends. */
  record Events(EventSource source) implements Answer {
    @Override
    public int status() {
      return 200;
    }
  }

  /**
   * A page of a list; {@link Listing} cuts it.
   *
   * @param next cursor of the next page; empty on the last one
   */
  record Listed(List<?> items, String next) implements Answer {

    public Listed {
      items = List.copyOf(items);
    }

    @Override
    public int status() {
      return 200;
    }
  }

  /** An answer with header fields of its own; not for one that goes on, such as events. */
  record WithHeaders(Answer answer, Map<String, String> headers) implements Answer {

    public WithHeaders {
      headers = Map.copyOf(headers);
    }

    @Override
    public int status() {
      return answer.status();
    }
  }

  static Answer ok(Object body) {
    return new Json(200, body);
  }

  static Answer created(Object body) {
    return new Json(201, body);
  }

  static Answer noContent() {
    return new Empty(204);
  }
}
