package dev.tutti.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.surface.Answer;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class ProblemTest {

  private static final Problem GONE =
      Problem.of("journal-pruned", 410, "Entry 5 is no longer there.").suggesting("Begin anew.");

  @Test
  void failureBecomesItsProblem() throws Exception {
    try (Running running =
        Running.with(
            Running.get(
                "/gone",
                _ -> {
                  throw new Failure.Rejected(GONE);
                }))) {
      var response = running.get("/api/v1/gone");
      assertThat(response.statusCode()).isEqualTo(410);
      assertThat(response.headers().firstValue("Content-Type"))
          .contains("application/problem+json");
      assertThat(response.body().replaceFirst("[0-9a-f]{32}", "…"))
          .isEqualTo(
              """
              {"type":"urn:tutti:problem:journal-pruned","title":"Journal pruned","status":410,\
              "detail":"Entry 5 is no longer there.","suggestion":"Begin anew.","trace":"…"}\
              """);
    }
  }

  @Test
  void whoeverHasToWaitIsToldWholeSecondsAndNeverNone() throws Exception {
    for (var wait :
        Map.of(Duration.ofNanos(1), "1", Duration.ZERO, "1", Duration.ofMillis(2_001), "3")
            .entrySet()) {
      try (Running running =
          Running.with(
              Running.get(
                  "/often",
                  _ -> {
                    throw new Failure.TooMany(
                        Problem.of("too-often", 429, "Too often."), wait.getKey());
                  }))) {
        var response = running.get("/api/v1/often");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).contains(wait.getValue());
      }
    }
  }

  @Test
  void failureWithoutAdviceKeepsTheKey() throws Exception {
    try (Running running =
        Running.with(
            Running.get(
                "/lost",
                _ -> {
                  throw new Failure.NotFound("model", "x");
                }))) {
      var response = running.get("/api/v1/lost");
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.body())
          .contains("There is no model 'x'.")
          .contains(",\"suggestion\":null,");
    }
  }

  @Test
  void unexpectedExceptionGivesATraceThatTheLogExplains() throws Exception {
    try (LogBook log = LogBook.open();
        Running running =
            Running.with(
                Running.get(
                    "/broken",
                    _ -> {
                      throw new IllegalStateException("secret detail");
                    }),
                Running.get(
                    "/deep",
                    _ -> {
                      throw new StackOverflowError();
                    }),
                Running.get("/unwritable", _ -> Answer.ok(new Unwritable("secret"))))) {
      for (String path : new String[] {"/broken", "/deep", "/unwritable"}) {
        log.events().clear();
        var response = running.get("/api/v1" + path);
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("secret", "Exception", "at dev.");
        var trace = Pattern.compile("trace ([0-9a-f]{8})").matcher(response.body());
        assertThat(trace.find()).isTrue();
        assertThat(log.events()).hasSize(1);
        assertThat(log.events().getFirst().getFormattedMessage())
            .contains("GET /api/v1" + path, trace.group(1));
        assertThat(log.events().getFirst().getThrowableProxy()).isNotNull();
      }
      assertThat(new JsonMapper().readTree(running.get("/api/v1/broken").body()).get("type"))
          .hasToString("\"urn:tutti:problem:internal\"");
    }
  }

  @Test
  void everyProblemNamesItsRequestAndTakesTheNameThatTheCallerGave() throws Exception {
    try (Running running = Running.with(Running.get("/fine", _ -> Answer.noContent()))) {
      String given = "0af7651916cd43dd8448eb211c80319c";
      var named =
          running.send(
              running
                  .request("/api/v1/none")
                  .header("traceparent", "00-" + given + "-b7ad6b7169203331-01"));
      assertThat(new JsonMapper().readTree(named.body()).get("trace").stringValue())
          .isEqualTo(given);
      for (String parent : new String[] {"nonsense", "00-" + "0".repeat(32) + "-0-01", given}) {
        var unnamed = running.send(running.request("/api/v1/none").header("traceparent", parent));
        assertThat(new JsonMapper().readTree(unnamed.body()).get("trace").stringValue())
            .matches("[0-9a-f]{32}")
            .isNotEqualTo(given)
            .doesNotMatch("0+");
      }
    }
  }

  @Test
  void clientThatLeavesBeforeOrAmidTheAnswerIsNoErrorInTheLog() throws Exception {
    CountDownLatch asked = new CountDownLatch(2);
    CountDownLatch left = new CountDownLatch(1);
    try (LogBook log = LogBook.open();
        Running running =
            Running.with(
                Running.get(
                    "/large",
                    _ -> {
                      asked.countDown();
                      left.await();
                      return new Answer.Text(200, "text/plain", "x".repeat(20_000_000));
                    }))) {
      for (int i = 0; i < 2; i++) {
        try (RawClient client = running.raw()) {
          client.ask("GET /api/v1/large");
          if (i == 1) {
            asked.await();
            resetOnClose(client.socket());
          }
        }
      }
      left.countDown();
      await().until(() -> running.server().connections() == 0);
      assertThat(log.events()).isEmpty();
    }
  }

  private static void resetOnClose(Socket socket) throws Exception {
    socket.setOption(StandardSocketOptions.SO_LINGER, 0);
  }

  /** Fails when it is written. */
  record Unwritable(String text) {

    @Override
    public String text() {
      return text.substring(99);
    }
  }
}
