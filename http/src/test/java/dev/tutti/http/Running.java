package dev.tutti.http;

import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Role;
import dev.tutti.core.surface.Surface;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** A server with a client for it; anyone may call its endpoints unless a token is set. */
record Running(HttpServer server, HttpClient client, PrometheusMetrics metrics)
    implements AutoCloseable {

  static Running with(HttpSettings settings, Endpoint... endpoints) {
    PrometheusMetrics metrics = new PrometheusMetrics();
    Surface surface = new Surface("test", "/api/v1", List.of(endpoints));
    HttpServer server =
        HttpServer.start(settings, List.of(surface, metrics.surface(Role.ANYONE)), metrics);
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    return new Running(server, client, metrics);
  }

  static Running with(Endpoint... endpoints) {
    return with(HttpSettings.loopback(0), endpoints);
  }

  static Endpoint get(String path, Endpoint.Handler handler) {
    return Endpoint.get(path, "For tests.", Object.class, handler);
  }

  static <T extends Record> Endpoint echo(String path, Class<T> type) {
    return Endpoint.post(path, "For tests.", type, type, request -> Answer.ok(request.body(type)));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.uri() + path)).timeout(Duration.ofSeconds(20));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  RawClient raw() throws IOException {
    return new RawClient(server.port());
  }

  @Override
  public void close() {
    server.close();
    client.shutdownNow();
  }
}
