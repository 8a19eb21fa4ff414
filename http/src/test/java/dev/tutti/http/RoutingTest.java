package dev.tutti.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Surface;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RoutingTest {

  private Running running;

  @BeforeAll
  void start() {
    running =
        Running.with(
            Running.get("/models", _ -> Answer.ok(Map.of("list", true))),
            Running.get("/models/{id}", request -> text(request.path("id"))),
            Running.get("/models/types", _ -> text("the types")),
            Running.get(
                "/models/{id}/parts/{part}",
                request -> text(request.path("id") + "|" + request.path("part"))),
            Endpoint.delete("/models/{id}", "For tests.", _ -> Answer.noContent()),
            Running.get("/query", request -> text(request.query("q").orElse("none"))),
            Running.get("/number", request -> text("" + request.number("n", 7, 1, 100))),
            Running.get("/header", request -> text(request.header("x-mine").orElse("none"))));
  }

  @AfterAll
  void stop() {
    running.close();
  }

  private static Answer text(String text) {
    return new Answer.Text(200, "text/plain; charset=utf-8", text);
  }

  static List<String> ids() {
    return List.of(
        "plain",
        "dots-so~sim/1~3",
        "100%",
        "%2F",
        "a b+c",
        "../../etc/passwd",
        "a;b=c,d:e@f&g=h?i#j",
        "Zürich 🌍 日本",
        "..a",
        "\"quoted\"<tag>\\",
        "x".repeat(300),
        "🌍".repeat(300));
  }

  @ParameterizedTest
  @MethodSource("ids")
  void anyIdComesThroughPercentEncoded(String id) throws Exception {
    assertThat(running.get("/api/v1/models/" + encoded(id)).body()).isEqualTo(id);
    assertThat(running.get("/api/v1/models/" + encoded(id) + "/parts/" + encoded(id)).body())
        .isEqualTo(id + "|" + id);
  }

  @Test
  void textWinsOverParameterInTheSamePlace() throws Exception {
    assertThat(running.get("/api/v1/models/types").body()).isEqualTo("the types");
  }

  @Test
  void unknownRouteIsNotFound() throws Exception {
    var response = running.get("/api/v1/nothing");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.body()).contains("urn:tutti:problem:route-unknown", "/api/v1/nothing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "", "/api/v1", "/api/v1/models/", "/api/v1/models//parts/x", "//"})
  void pathsBesideTheRoutesAreNotFound(String path) throws Exception {
    assertThat(running.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void wrongMethodIsToldTheRightOnes() throws Exception {
    var response = running.send(running.request("/api/v1/models/x").POST(BodyPublishers.noBody()));
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("DELETE, GET, HEAD");
  }

  @Test
  void inventedMethodIsNotAllowed() throws Exception {
    try (RawClient client = running.raw()) {
      client.ask("BREW /api/v1/models");
      assertThat(client.hearUntil("\r\n\r\n")).startsWith("HTTP/1.1 405");
    }
  }

  @Test
  void headTellsTheLengthOnly() throws Exception {
    try (RawClient client = running.raw()) {
      client.ask("HEAD /api/v1/models/abc").ask("GET /api/v1/models/abcd");
      String heard = client.hearUntil("abcd");
      assertThat(heard.toLowerCase(Locale.ROOT))
          .contains("content-length: 3\r\n")
          .endsWith("\r\n\r\nabcd");
    }
  }

  @Test
  void emptyAnswerHasNoBody() throws Exception {
    var response = running.send(running.request("/api/v1/models/x").DELETE());
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/models/..",
        "/api/v1/../../etc/passwd",
        "/api/v1/models/%2e%2e",
        "/api/v1/models/%2E./x",
        "/api/v1/./models",
        "/api/v1/models/%00",
        "/api/v1/models/%0d%0aX:y",
        "/api/v1/models/%",
        "/api/v1/models/%4",
        "/api/v1/models/%zz",
        "/api/v1/models/%ff",
        "/api/v1/models/%c0%af",
        "/api/v1/models/\u00e4",
        "http://elsewhere/api/v1/models",
        "*"
      })
  void malformedAddressIsRefused(String path) throws Exception {
    try (RawClient client = running.raw()) {
      client.ask("GET " + path, "Connection: close");
      assertThat(client.hearAll()).startsWith("HTTP/1.1 400").contains("address-malformed");
    }
  }

  @Test
  void encodedSlashesDoNotClimb() throws Exception {
    assertThat(running.get("/api/v1/models/..%2f..%2fetc%2fpasswd").body())
        .isEqualTo("../../etc/passwd");
    assertThat(running.get("/api%2fv1%2fmodels").statusCode()).isEqualTo(404);
  }

  @Test
  void queryParametersAreDecodedOnce() throws Exception {
    assertThat(running.get("/api/v1/query?x=1&q=a%252Fb+c%26d%3D&q=second").body())
        .isEqualTo("a%2Fb c&d=");
    assertThat(running.get("/api/v1/query").body()).isEqualTo("none");
    assertThat(running.get("/api/v1/query?q").body()).isEmpty();
    assertThat(running.get("/api/v1/query?q=%25").body()).isEqualTo("%");
  }

  @Test
  void malformedQueryIsRefused() throws Exception {
    try (RawClient client = running.raw()) {
      client.ask("GET /api/v1/query?q=%zz");
      assertThat(client.hearUntil("\r\n\r\n")).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void numbersHaveBounds() throws Exception {
    assertThat(running.get("/api/v1/number").body()).isEqualTo("7");
    assertThat(running.get("/api/v1/number?n=100").body()).isEqualTo("100");
    for (String wrong : List.of("0", "101", "x", "", "99999999999", "1.5")) {
      var response = running.get("/api/v1/number?n=" + wrong);
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).contains("whole number from 1 to 100, not '" + wrong + "'");
    }
  }

  @Test
  void headerNamesAreComparedWithoutCase() throws Exception {
    var response = running.send(running.request("/api/v1/header").header("X-MINE", "yes"));
    assertThat(response.body()).isEqualTo("yes");
  }

  @Test
  void routesThatContradictAreReportedTogether() {
    Surface surface =
        new Surface(
            "wrong",
            "",
            List.of(
                Running.get("/a/{x}", _ -> Answer.noContent()),
                Running.get("/a/{y}", _ -> Answer.noContent()),
                Running.get("b", _ -> Answer.noContent())));
    assertThatThrownBy(() -> RouteTable.of(List.of(surface)))
        .hasMessageContaining("GET /a/{x} and /a/{y} answer the same requests")
        .hasMessageContaining("'b' does not begin with a slash");
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
