package dev.tutti.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A server that gives recorded answers and remembers what it was asked. */
final class FakeServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();
  private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();

  FakeServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers such a request with these one after the other, the last one for ever. */
  FakeServer on(String request, Reply... inOrder) {
    replies.put(request, new ArrayDeque<>(List.of(inOrder)));
    return this;
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  List<String> requests() {
    return asked.stream().map(Asked::request).toList();
  }

  static String recorded(String name) {
    try (InputStream file = FakeServer.class.getResourceAsStream("/recorded/" + name)) {
      if (file == null) {
        throw new AssertionError("nothing recorded as " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    String request =
        (exchange.getRequestMethod() + " " + exchange.getRequestURI()).replace("/api/v1", "");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(
        new Asked(
            request,
            body,
            exchange.getRequestHeaders().getFirst("Authorization"),
            exchange.getRequestHeaders().getFirst("Last-Event-ID")));
    Reply reply = next(request);
    exchange.getResponseHeaders().set("Content-Type", reply.type);
    if (reply.tag != null) {
      exchange.getResponseHeaders().set("ETag", reply.tag);
    }
    if (reply.status == 401) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
    }
    exchange.sendResponseHeaders(reply.status, reply.body.length == 0 ? -1 : 0);
    exchange.getResponseBody().write(reply.body);
    exchange.getResponseBody().flush();
    if (reply.cut) {
      throw new IOException("cut, as this test wants it");
    }
    exchange.close();
  }

  private Reply next(String request) {
    Deque<Reply> inOrder = replies.get(request);
    if (inOrder == null) {
      return Reply.problem(404, "not-found", "nothing is recorded for " + request, null);
    }
    synchronized (inOrder) {
      return inOrder.size() > 1 ? inOrder.removeFirst() : inOrder.getFirst();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** What came in. */
  record Asked(
      String request, String body, @Nullable String authorization, @Nullable String lastEventId) {}

  /**
   * What goes out.
   *
   * @param cut whether the connection breaks then, instead of ending in good order
   * @param tag its ETag; null for none
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Reply(int status, String type, byte[] body, boolean cut, @Nullable String tag) {
    Reply tagged(String newTag) {
      return new Reply(status, type, body, cut, newTag);
    }

    static Reply unchanged(String tag) {
      return new Reply(304, "text/plain", new byte[0], false, tag);
    }

    static Reply json(String body) {
      return new Reply(200, "application/json", body.getBytes(StandardCharsets.UTF_8), false, null);
    }

    static Reply recorded(String name) {
      return json(FakeServer.recorded(name));
    }

    static Reply bytes(byte... body) {
      return new Reply(200, "text/plain", body, false, null);
    }

    static Reply nothing() {
      return new Reply(204, "text/plain", new byte[0], false, null);
    }

    static Reply events(String... blocks) {
      String body = String.join("", blocks);
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      return new Reply(200, "text/event-stream", bytes, false, null);
    }

    static Reply problem(int status, String type, String detail, @Nullable String suggestion) {
      String hint = suggestion == null ? "" : ",\"suggestion\":\"" + suggestion + "\"";
      String body =
          "{\"type\":\"urn:tutti:problem:%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"%s}"
              .formatted(type, type, status, detail, hint);
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      return new Reply(status, "application/problem+json", bytes, false, null);
    }

    Reply thenCut() {
      return new Reply(status, type, body, true, tag);
    }
  }
}
