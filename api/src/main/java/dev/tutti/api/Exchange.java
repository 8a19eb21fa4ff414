package dev.tutti.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer.
 *
 * <p>On {@link HttpURLConnection}: the first request of a process costs 20 ms with it and 500 ms
 * with {@code java.net.http.HttpClient}, and most processes that use this client send one request.
 */
final class Exchange {
  private static final int MOST_OF_A_PROBLEM = 256 * 1024;

  private final URI server;
  private final URI address;
  private final HttpURLConnection connection;
  private final Json json;
  private boolean unchanged;

  Exchange(URI server, URI address, Timeouts timeouts, Json json) {
    this.server = server;
    this.address = address;
    this.json = json;
    try {
      connection = (HttpURLConnection) address.toURL().openConnection();
    } catch (IOException | ClassCastException | IllegalArgumentException wrong) {
      throw new ClientFailure.NotUnderstood(
          address, "is no address of a server: it begins with http:// or https://", wrong);
    }
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout(millis(timeouts.connect()));
    connection.setReadTimeout(millis(timeouts.answer()));
    connection.setRequestProperty("User-Agent", "tutti");
    connection.setRequestProperty("Accept", "application/json, application/problem+json");
  }

  Exchange header(String name, @Nullable String value) {
    if (value != null) {
      connection.setRequestProperty(name, value);
    }
    return this;
  }

  Exchange trusting(@Nullable SSLSocketFactory trusted) {
    if (trusted != null && connection instanceof HttpsURLConnection secure) {
      secure.setSSLSocketFactory(trusted);
    }
    return this;
  }

  /** How long the answer may pause; zero for as long as it likes. */
  Exchange silence(Duration allowed) {
    connection.setReadTimeout(millis(allowed));
    return this;
  }

  /** Sends the request; the stream of its answer, which the caller closes. */
  InputStream send(String method, byte @Nullable [] body) {
    int status;
    InputStream answer;
    try {
      connection.setRequestMethod(method);
      if (body != null) {
        connection.setDoOutput(true);
        if (connection.getRequestProperty("Content-Type") == null) {
          connection.setRequestProperty("Content-Type", "application/json");
        }
        try (OutputStream out = connection.getOutputStream()) {
          out.write(body);
        }
      }
      status = connection.getResponseCode();
      answer = status < 400 ? connection.getInputStream() : connection.getErrorStream();
    } catch (IOException | IllegalArgumentException unreachable) {
      throw new ClientFailure.NotReachable(server, unreachable);
    }
    unchanged = status == HttpURLConnection.HTTP_NOT_MODIFIED;
    if (unchanged || (status >= 200 && status < 300)) {
      return answer;
    }
    throw failure(status, answer);
  }

  /** Whether the answer was that what the client has is what is there. */
  boolean unchanged() {
    return unchanged;
  }

  /** A header field of the answer; null when it has none of that name. */
  @Nullable String header(String name) {
    return connection.getHeaderField(name);
  }

  /** Sends the request and reads all of its answer. */
  byte[] call(String method, byte @Nullable [] body) {
    try (InputStream answer = send(method, body)) {
      return answer.readAllBytes();
    } catch (IOException broken) {
      throw new ClientFailure.NotReachable(server, broken);
    }
  }

  private ClientFailure failure(int status, @Nullable InputStream answer) {
    if (status < 400) {
      return new ClientFailure.NotUnderstood(
          address, "answered " + status + ", which this API never does", null);
    }
    ProblemView problem = problem(status, answer);
    return switch (status) {
      case 401, 403 -> new ClientFailure.NotAuthorised(problem);
      case 404 -> new ClientFailure.NotFound(problem);
      default -> new ClientFailure.Refused(problem);
    };
  }

  /** The problem of the answer, or one that says as much as is known when there is none. */
  private ProblemView problem(int status, @Nullable InputStream answer) {
    byte[] body = new byte[0];
    if (answer != null) {
      try (answer) {
        body = answer.readNBytes(MOST_OF_A_PROBLEM);
      } catch (IOException _) {
        // The status alone has to do.
      }
    }
    String type = connection.getContentType();
    if (type != null && type.toLowerCase(Locale.ROOT).contains("json")) {
      try {
        ProblemView problem = json.read(body, ProblemView.class);
        return new ProblemView(
            text(problem.type(), "about:blank"),
            text(problem.title(), "HTTP " + status),
            status,
            text(problem.detail(), text(problem.title(), "the server answered " + status)),
            problem.suggestion(),
            problem.trace());
      } catch (IllegalArgumentException _) {
        // Not a problem after all.
      }
    }
    String firstLine =
        new String(body, StandardCharsets.UTF_8).lines().findFirst().orElse("").strip();
    boolean plain = type != null && type.startsWith("text/plain") && !firstLine.isEmpty();
    return new ProblemView(
        "about:blank",
        "HTTP " + status,
        status,
        address + " answered " + status + (plain ? ": " + firstLine : ""),
        null,
        null);
  }

  /** A lenient codec may leave a member out. */
  private static String text(@Nullable String given, String otherwise) {
    return given == null || given.isBlank() ? otherwise : given;
  }

  private static int millis(Duration duration) {
    return (int) Math.min(duration.toMillis(), Integer.MAX_VALUE);
  }
}
