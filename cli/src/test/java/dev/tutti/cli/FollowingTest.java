package dev.tutti.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.cli.FakeServer.Asked;
import dev.tutti.cli.FakeServer.Reply;
import dev.tutti.cli.Tutti.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FollowingTest {
  private static final String BY = "2026-11-21T11:59:00.125Z";

  private final FakeServer server = new FakeServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void followingGoesOnWhereTheConnectionBroke() {
    server.on(
        "GET /events",
        Reply.events(": hello\n\n", event(7), event(8), "id: 9\ndata: {\"number\":9,").thenCut(),
        Reply.problem(503, "starting", "the server is starting", null),
        Reply.events(event(9)),
        Reply.events("id: 12\n\n"),
        Reply.problem(410, "gone", "events up to 20 are gone", "Begin with --from 21."));

    Outcome outcome = Tutti.of(server).run("event", "follow", "--from", "7");

    assertThat(server.asked())
        .extracting(Asked::lastEventId)
        .containsExactly("6", "8", "8", "9", "12");
    Golden.check("tables/event-follow.txt", outcome.out());
    assertThat(outcome.err())
        .contains("the server is starting; trying again")
        .endsWith("tutti: events up to 20 are gone\nBegin with --from 21.\n");
    assertThat(outcome.status()).isEqualTo(1);
  }

  @Test
  void followingAsJsonIsOneEventALine() {
    server.on(
        "GET /events?owner=deployment%3Ad",
        Reply.events(event(7), event(8)), Reply.problem(403, "forbidden", "no more", null));

    Outcome outcome =
        Tutti.of(server).run("event", "follow", "-o", "json", "--owner", "deployment:d");

    assertThat(outcome.out()).isEqualTo(json(7) + "\n" + json(8) + "\n");
    assertThat(server.asked()).extracting(Asked::lastEventId).containsExactly(null, "8");
    assertThat(outcome.status()).isEqualTo(4);
  }

  @Test
  void serverThatStaysAwayIsGivenUpOn() {
    server.on(
        "GET /events",
        Reply.events(event(7)),
        Reply.problem(503, "starting", "the server is starting", null));

    Outcome outcome = Tutti.of(server).run("event", "follow");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(server.requests()).as("after 1, 2, 4 and 5 seconds").hasSize(5);
  }

  @Test
  void watchedModelsHaveALineForEachChange() {
    server
        .on(
            "GET /events?owner=deployment%3As~x",
            Reply.events(event(7), event(8)).thenCut(),
            Reply.events(event(9), event(10), event(11)),
            Reply.events(event(12)))
        .on(
            "GET /models?deployment=s~x~1&limit=1000",
            models(model("a", "created", "null", "null", "null"), created("b"), created("c")),
            models(
                model("a", "running", "null", "\"" + BY + "\"", "null"),
                created("b"),
                created("c")),
            models(
                model("a", "succeeded", "0", "\"" + BY + "\"", "\"2026-11-21T11:59:01Z\""),
                model("b", "failed", "1", "\"" + BY + "\"", "\"2026-11-21T11:59:02Z\""),
                model("c", "failed", "125", "null", "\"2026-11-21T11:59:03Z\"")));

    Outcome outcome =
        Tutti.of(server).run("model", "watch", "--deployment", "s~x~1", "--exit-when-ended");

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(0);
    Golden.check("tables/model-watch.txt", outcome.out());
  }

  @Test
  void watchedModelsAreDrawnOnATerminal() {
    server
        .on("GET /events", Reply.events(event(7)))
        .on(
            "GET /models?limit=1000",
            models(created("a")),
            models(model("a", "failed", "1", "null", "\"2026-11-21T11:59:02Z\"")))
        .on(
            "GET /models?deployment=s~x~1&limit=1000",
            models(model("a", "failed", "1", "null", "\"2026-11-21T11:59:02Z\"")));

    Outcome outcome = Tutti.of(server).terminal(80).run("model", "watch", "--exit-when-ended");

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(0);
    assertThat(outcome.out()).startsWith("\033[?25l").endsWith("\033[?25h");
    assertThat(outcome.out()).contains("1 model: 1 created").contains("1 model: 1 failed");
  }

  @Test
  void watchOfAnAbsentServerExitsWithFour() {
    server.close();

    assertThat(Tutti.of(server).run("model", "watch").status()).isEqualTo(4);
  }

  private static String event(int number) {
    return "id: " + number + "\nevent: model.ready\ndata: " + json(number) + "\n\n";
  }

  private static String json(int number) {
    return """
    {"number":%d,"time":"2026-11-21T11:58:31.001Z","type":"model.ready",\
    "owner":"deployment:s~x","subject":"s~x~1~a","message":"Model a is ready.","data":{"n":1.50}}\
    """
        .formatted(number);
  }

  private static String created(String id) {
    return model(id, "created", "null", "null", "null");
  }

  private static String model(String id, String state, String code, String ready, String ended) {
    return """
    {"id":"s~x~1~%s","deployment":"s~x~1","model":"%s","image":"i","state":"%s",\
    "exitCode":%s,"reason":"%s","workload":"w","created":"2026-11-21T11:58:30Z",\
    "ready":%s,"ended":%s,"lastLines":[]}\
    """
        .formatted(id, id, state, code, state.equals("failed") ? "Error" : "", ready, ended);
  }

  private static Reply models(String... models) {
    return Reply.json("{\"items\":[" + String.join(",", models) + "],\"next\":null}");
  }
}
