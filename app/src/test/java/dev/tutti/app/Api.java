package dev.tutti.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

/** The API of a server that runs as a program of its own. */
final class Api implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final Path data;

  private Api(URI base, Path data) {
    this.base = base;
    this.data = data;
  }

  /** Waits until the server says where it is, and is ready. */
  static Api of(Program server, Path data) {
    Api api = new Api(URI.create(server.awaitAfter("API     ")).resolve("/"), data);
    TestServer.await("it is ready", () -> api.send("GET", "/readyz", "").statusCode() == 200);
    return api;
  }

  URI base() {
    return base;
  }

  String token() {
    try {
      return Files.readString(data.resolve("token")).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  HttpResponse<String> send(String method, String path, String body) {
    return send(method, path, body, token());
  }

  HttpResponse<String> send(String method, String path, String body, String token) {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(TestServer.SOON)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
