package dev.tutti.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Authentication;
import dev.tutti.core.surface.Authentication.Verdict;
import dev.tutti.core.surface.Caller;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.ErrorRendering;
import dev.tutti.core.surface.Request;
import dev.tutti.core.surface.Role;
import dev.tutti.core.surface.Surface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A surface of an existing API, beside our own: its own key to the door, its own errors. */
class ForeignSurfaceTest {

  private static final String OURS = "the-token";

  private HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What the foreign API says when something is wrong. */
  public record Detail(String detail) {}

  @BeforeEach
  void start() {
    PrometheusMetrics metrics = new PrometheusMetrics();
    Surface own =
        new Surface(
            "tutti",
            "/api/v1",
            List.of(
                Running.get("/models", _ -> text("ours")),
                Running.get(
                    "/broken",
                    _ -> {
                      throw new IllegalStateException("secret");
                    })));
    Surface foreign =
        new Surface(
            "foreign",
            "/api/v1/old",
            List.of(
                Running.get("/thing", _ -> text("theirs")),
                Running.get(
                    "/lost",
                    _ -> {
                      throw new Failure.NotFound("thing", "x");
                    }),
                Running.get(
                    "/broken",
                    _ -> {
                      throw new IllegalStateException("secret");
                    }),
                Running.get(
                    "/moved",
                    _ ->
                        new Answer.WithHeaders(
                            new Answer.Empty(307), Map.of("Location", "/api/v1/old/thing"))),
                Endpoint.post(
                    "/any-body",
                    "For tests.",
                    Object.class,
                    String.class,
                    r -> text(new String(r.bytes(), StandardCharsets.UTF_8)))),
            new ByUserHeader(),
            new DetailErrors());
    server =
        HttpServer.start(HttpSettings.loopback(0).withToken(OURS), List.of(own, foreign), metrics);
  }

  @AfterEach
  void stop() {
    server.close();
    client.shutdownNow();
  }

  @Test
  void itsCallersAreKnownByItsOwnScheme() throws Exception {
    assertThat(get("/api/v1/old/thing", "X-User", "anna").body()).isEqualTo("theirs");
    assertThat(get("/api/v1/old/thing", "X-User", "mallory").statusCode()).isEqualTo(403);
    assertThat(get("/api/v1/old/thing", "Authorization", "Bearer " + OURS).statusCode())
        .isEqualTo(401);
    assertThat(get("/api/v1/models", "X-User", "anna").statusCode()).isEqualTo(401);
    assertThat(get("/api/v1/models", "Authorization", "Bearer " + OURS).body()).isEqualTo("ours");
  }

  @Test
  void whoIsTurnedAwayGetsItsChallengeInItsForm() throws Exception {
    HttpResponse<String> answer = get("/api/v1/old/thing", "X-Nobody", "x");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("User");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body()).isEqualTo("{\"detail\":\"who-are-you\"}");
  }

  @Test
  void failuresOfItsHandlersHaveItsForm() throws Exception {
    HttpResponse<String> lost = get("/api/v1/old/lost", "X-User", "anna");
    assertThat(lost.statusCode()).isEqualTo(404);
    assertThat(lost.body()).isEqualTo("{\"detail\":\"not-found\"}");
    HttpResponse<String> broken = get("/api/v1/old/broken", "X-User", "anna");
    assertThat(broken.statusCode()).isEqualTo(500);
    assertThat(broken.body()).isEqualTo("{\"detail\":\"internal\"}");
  }

  @Test
  void pathsBelowItsBaseThatItDoesNotKnowAreRefusedInItsForm() throws Exception {
    HttpResponse<String> unknown = get("/api/v1/old/nothing/here", "X-User", "anna");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).isEqualTo("{\"detail\":\"route-unknown\"}");
    HttpResponse<String> wrongMethod = send(request("/api/v1/old/thing").DELETE());
    assertThat(wrongMethod.statusCode()).isEqualTo(405);
    assertThat(wrongMethod.headers().firstValue("Allow")).contains("GET, HEAD");
    assertThat(wrongMethod.body()).isEqualTo("{\"detail\":\"method-not-allowed\"}");
  }

  @Test
  void otherPathsKeepOurForm() throws Exception {
    for (String path : List.of("/api/v1/nothing", "/api/v1/older/thing", "/nothing")) {
      HttpResponse<String> answer = get(path, "X-User", "anna");
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.headers().firstValue("Content-Type"))
          .as(path)
          .contains("application/problem+json");
    }
    HttpResponse<String> broken = get("/api/v1/broken", "Authorization", "Bearer " + OURS);
    assertThat(broken.body()).contains("urn:tutti:problem:internal").doesNotContain("secret");
  }

  @Test
  void answersMayCarryHeaders() throws Exception {
    HttpResponse<String> moved = get("/api/v1/old/moved", "X-User", "anna");
    assertThat(moved.statusCode()).isEqualTo(307);
    assertThat(moved.headers().firstValue("Location")).contains("/api/v1/old/thing");
  }

  @Test
  void bodiesOfAnyTypeCanBeReadAsTheyCame() throws Exception {
    HttpResponse<String> answer =
        send(
            request("/api/v1/old/any-body")
                .header("X-User", "anna")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("a=1&b=%20")));
    assertThat(answer.body()).isEqualTo("a=1&b=%20");
    assertThat(
            send(request("/api/v1/old/any-body")
                    .header("X-User", "anna")
                    .POST(BodyPublishers.noBody()))
                .body())
        .isEmpty();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.uri() + path));
  }

  private HttpResponse<String> get(String path, String header, String value) throws Exception {
    return send(request(path).header(header, value));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static Answer text(String text) {
    return new Answer.Text(200, "text/plain", text);
  }

  private record ByUserHeader() implements Authentication.Scheme {
    @Override
    public Verdict judge(Role role, Request request) {
      return switch (request.header("X-User").orElse("")) {
        case "anna" -> new Verdict.Admitted(new Caller("anna", role));
        case "" -> new Verdict.Turned(Problem.of("who-are-you", 401, "Who?"), "User");
        default -> new Verdict.Turned(Problem.of("not-you", 403, "No."), "");
      };
    }
  }

  private record DetailErrors() implements ErrorRendering.Own {
    @Override
    public Answer answer(Problem problem) {
      return new Answer.Json(problem.status(), new Detail(problem.code()));
    }
  }
}
