package dev.tutti.http;

import dev.tutti.api.Page;
import dev.tutti.core.Problem;
import dev.tutti.core.surface.Answer;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** One request's answer on its way out. */
final class Exchange {

  static final String JSON = "application/json";

  private final Connection connection;
  private final ServerResponse response;
  private final boolean head;
  private final Runnable begun;
  private int status;

  /**
   * Prepares an answer.
   *
   * @param head whether the client wants no body, only what would be said about it
   * @param begun run when the answer begins to go out
   */
  Exchange(Connection connection, ServerResponse response, boolean head, Runnable begun) {
    this.connection = connection;
    this.response = response;
    this.head = head;
    this.begun = begun;
  }

  int status() {
    return status;
  }

  void send(Answer answer, Duration heartbeat) {
    switch (answer) {
      case Answer.Json(int code, Object body) -> send(code, JSON, Json.bytes(body));
      case Answer.Listed(var items, String next) ->
          send(200, JSON, Json.bytes(new Page<>(items, next.isEmpty() ? null : next)));
      case Answer.Text(int code, String type, String body) ->
          send(code, type, body.getBytes(StandardCharsets.UTF_8));
      case Answer.Empty(int code) -> {
        begin(code);
        response.send();
      }
      case Answer.WithHeaders(Answer bare, var headers) -> {
        add(headers);
        send(bare, heartbeat);
      }
      case Answer.Bytes bytes -> {
        begin(200);
        new ByteStream(connection, bytes).send(head);
      }
      case Answer.Events(var source) -> {
        begin(200);
        new EventStream(connection, source, heartbeat).send(head);
      }
    }
  }

  void send(Problem problem, String trace, Map<String, String> headers) {
    add(headers);
    send(problem.status(), Problems.MEDIA_TYPE, Json.bytes(Problems.view(problem, trace)));
  }

  private void add(Map<String, String> headers) {
    headers.forEach((name, value) -> response.header(HeaderNames.create(name), value));
  }

  private void send(int code, String type, byte[] body) {
    begin(code);
    response.header(HeaderNames.CONTENT_TYPE, type);
    if (head) {
      response.headers().contentLength(body.length);
      response.send();
    } else {
      response.send(body);
    }
  }

  private void begin(int code) {
    status = code;
    begun.run();
    response.status(Status.create(code));
    ChunkedAnswer.COMMON_HEADERS.forEach(
        (name, value) -> response.header(HeaderNames.create(name), value));
  }
}
