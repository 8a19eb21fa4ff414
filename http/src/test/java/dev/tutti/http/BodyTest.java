package dev.tutti.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.DeployRequest;
import dev.tutti.core.surface.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BodyTest {

  enum Colour {
    RED,
    GREEN
  }

  record Sample(
      int count,
      long big,
      boolean flag,
      double ratio,
      Colour colour,
      Instant at,
      List<String> tags,
      Map<String, Integer> limits,
      @Nullable Integer maybe) {
    Sample {
      if (count > 1_000) {
        throw new IllegalArgumentException("A count over 1000 makes no sense.");
      }
    }
  }

  private static final String SAMPLE =
      """
      {"count":1,"big":5000000000,"flag":true,"ratio":2,"colour":"RED",
       "at":"2030-01-31T12:00:00Z","tags":["a"],"limits":{"x":1}}\
      """;

  private Running running;

  @BeforeAll
  void start() {
    HttpSettings settings = HttpSettings.loopback(0);
    running =
        Running.with(
            settings.withLimits(settings.limits().withMaxBodyBytes(100_000)),
            Running.echo("/sample", Sample.class),
            Running.echo("/deploy", DeployRequest.class),
            Running.get("/now", _ -> Answer.ok(Map.of("at", Instant.EPOCH))));
  }

  @AfterAll
  void stop() {
    running.close();
  }

  @Test
  void answerKeepsKeysWithoutValueAndTheOrderOfTheRecord() throws Exception {
    var response = running.post("/api/v1/sample", SAMPLE);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(response.body())
        .isEqualTo(
            """
            {"count":1,"big":5000000000,"flag":true,"ratio":2.0,"colour":"RED",\
            "at":"2030-01-31T12:00:00Z","tags":["a"],"limits":{"x":1},"maybe":null}\
            """);
  }

  @Test
  void timesAreIso8601() throws Exception {
    assertThat(running.get("/api/v1/now").body()).isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\"}");
  }

  @Test
  void nullableComponentsMayBeAbsent() throws Exception {
    var response =
        running.post(
            "/api/v1/deploy",
            """
            {"simulatorId":"a","simulationId":"b","models":[{"id":"m","image":"i"}]}\
            """);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .contains("\"simulatorName\":null", "\"environment\":null", "\"keepLogsHours\":null");
  }

  @Test
  void allProblemsAreReportedAtOnceWithPathAndNearestName() throws Exception {
    assertThat(
            detail(
                "/api/v1/deploy",
                """
                {"simulatorID":"a","simulationId":null,"models":[{"id":"m","imagee":"i"},
                 {"id":5,"image":"i","environment":{"A":1,"B":null}},null,"text"],
                 "keepLogsHours":"two"}\
                """))
        .contains(
            "simulatorID is unknown (did you mean 'simulatorId'?)",
            "simulatorId is missing",
            "simulationId must not be null",
            "models[0].imagee is unknown (did you mean 'image'?)",
            "models[0].image is missing",
            "models[1].id has to be text, not a number",
            "models[1].environment.A has to be text, not a number",
            "models[1].environment.B must not be null",
            "models[2] must not be null",
            "models[3] has to be an object, not text",
            "keepLogsHours has to be a number, not text");
  }

  @Test
  void valuesOfTheWrongKindAreNamed() throws Exception {
    assertThat(
            detail(
                "/api/v1/sample",
                """
                {"count":1.5,"big":"1","flag":"true","ratio":null,"colour":"GREN","at":"soon",
                 "tags":{},"limits":[],"maybe":null}\
                """))
        .contains(
            "count has to be a whole number, not a number",
            "big has to be a whole number, not text",
            "flag has to be true or false, not text",
            "ratio must not be null",
            "colour is 'GREN', but has to be one of RED, GREEN (did you mean 'GREEN'?)",
            "at has to be a time such as 2030-01-31T12:00:00Z, not text",
            "tags has to be a list, not an object",
            "limits has to be an object, not a list");
  }

  @Test
  void manyProblemsAreCutShort() throws Exception {
    StringBuilder body = new StringBuilder("{\"a0\":0");
    for (int i = 1; i < 500; i++) {
      body.append(",\"a").append(i).append("\":0");
    }
    assertThat(detail("/api/v1/deploy", body + "}")).contains("and 483 more").hasSizeLessThan(2000);
  }

  @Test
  void constructorHasTheLastWord() throws Exception {
    assertThat(detail("/api/v1/sample", SAMPLE.replace("\"count\":1", "\"count\":1001")))
        .isEqualTo("The body does not fit: A count over 1000 makes no sense.");
  }

  @Test
  void brokenJsonIsLocated() throws Exception {
    assertThat(detail("/api/v1/sample", "{\"count\":1,\n \"big\" 5}"))
        .startsWith("The body is not JSON: line 2, column");
    assertThat(detail("/api/v1/sample", "{\"count\":1,\"count\":2}")).contains("not JSON", "count");
    assertThat(detail("/api/v1/sample", SAMPLE + "x")).contains("not JSON");
    assertThat(detail("/api/v1/sample", "{\"count\": hunter2}"))
        .contains("not JSON")
        .doesNotContain("hunter2");
    assertThat(detail("/api/v1/sample", "[".repeat(50_000))).contains("not JSON");
    assertThat(detail("/api/v1/sample", "[]")).contains("has to be an object, not a list");
    assertThat(detail("/api/v1/sample", "null")).contains("has to be an object, not null");
    assertThat(detail("/api/v1/sample", "")).isEqualTo("The request needs a body.");
  }

  @Test
  void bodyThatIsNotDeclaredAsJsonIsRefused() throws Exception {
    for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "text/json")) {
      var request = running.request("/api/v1/sample").header("Content-Type", type);
      var response = running.send(request.POST(BodyPublishers.ofString(SAMPLE)));
      assertThat(response.statusCode()).isEqualTo(415);
      assertThat(response.body()).contains("Content-Type: application/json");
    }
    var bare = running.request("/api/v1/sample").POST(BodyPublishers.ofString(SAMPLE));
    assertThat(running.send(bare).statusCode()).isEqualTo(415);
    var charset =
        running
            .request("/api/v1/sample")
            .header("Content-Type", "Application/JSON; charset=utf-8")
            .POST(BodyPublishers.ofString(SAMPLE));
    assertThat(running.send(charset).statusCode()).isEqualTo(200);
  }

  @Test
  void tooLargeBodyIsRefused() throws Exception {
    var response = running.post("/api/v1/sample", " ".repeat(100_001));
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.body()).contains("urn:tutti:problem:body-too-large");
    assertThat(running.post("/api/v1/sample", " ".repeat(99_000) + SAMPLE).statusCode())
        .isEqualTo(200);
  }

  @Test
  void tooLargeChunkedBodyIsRefused() throws Exception {
    try (RawClient client = running.raw()) {
      client.ask(
          "POST /api/v1/sample", "Content-Type: application/json", "Transfer-Encoding: chunked");
      String chunk = "2710\r\n" + " ".repeat(10_000) + "\r\n";
      client.say(chunk.repeat(11));
      assertThat(client.hearAll()).startsWith("HTTP/1.1 413").contains("body-too-large");
    }
  }

  @Test
  void chunkedBodyIsRead() throws Exception {
    var request =
        running
            .request("/api/v1/sample")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(SAMPLE)));
    assertThat(running.send(request).statusCode()).isEqualTo(200);
  }

  @Test
  void bodyIsSentAfterTheServerAskedForIt() throws Exception {
    var request =
        running
            .request("/api/v1/sample")
            .expectContinue(true)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(SAMPLE));
    assertThat(running.send(request).statusCode()).isEqualTo(200);
  }

  private String detail(String path, String body) throws Exception {
    var response = running.post(path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    return new JsonMapper().readTree(response.body()).get("detail").stringValue();
  }
}
