package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.surface.Surface;
import dev.tutti.simulations.results.ResultColumns;
import java.io.IOException;
import java.io.Writer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Simulations on our own API, against a real server and a real orchestrator. */
class SimulationEndpointsTest {

  private static final String API = "/api/v1/simulations";

  @TempDir private Path folder;

  private RestStage stage;

  @BeforeEach
  void start() {
    stage =
        new RestStage(
            folder,
            on ->
                List.of(
                    new Surface(
                        "tutti",
                        "/api/v1",
                        new SimulationEndpoints(
                                on.simulations, on.planner, new TwoTables(), on.clock)
                            .endpoints())));
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void aPlanSaysWhatASimulationWouldDoAndStoresNothing() {
    JsonNode plan = ok(post("/plan", Neighbourhood.body(4)));
    assertThat(plan.get("idStem").stringValue()).isEqualTo("my-street");
    List<String> models = new ArrayList<>();
    plan.get("models").forEach(model -> models.add(model.get("model").stringValue()));
    assertThat(models)
        .containsExactly(
            "econnection-service-1",
            "pvinstallation-service-1",
            "pvinstallation-service-2",
            "pvinstallation-service-3",
            "pvinstallation-service-4",
            "energysystem-service-1");
    JsonNode last = plan.get("models").get(5);
    assertThat(last.get("name").stringValue())
        .isEqualTo("so-my-street-xxxxxxxx-energysystem-service-1");
    assertThat(last.get("objects").get(0).stringValue()).isEqualTo("the-system");
    int esdl = Neighbourhood.esdl().length();
    assertThat(plan.get("esdlBytes").intValue()).isEqualTo(esdl);
    assertThat(plan.get("parameterBytes").intValue())
        .isEqualTo(6 * Neighbourhood.base64(Neighbourhood.esdl()).length());
    assertThat(plan.get("messagesPerStep").intValue()).isEqualTo(12);
    assertThat(plan.get("messages").intValue()).isEqualTo(96 * 12 + 6 * 5 + 4);
    assertThat(ok(get("")).get("items").size()).isZero();
    assertThat(stage.bus.topics()).isEmpty();
  }

  @Test
  void whatCannotWorkIsAProblemThatNamesEverything() {
    for (String verb : List.of("/plan", "/start", "/queue")) {
      HttpResponse<String> answer =
          post(verb, "{\"steps\": 3, \"nr_of_time_steps\": -1, \"calculation_services\": []}");
      assertThat(answer.statusCode()).isEqualTo(400);
      JsonNode problem = RestStage.json(answer);
      assertThat(problem.get("type").stringValue())
          .isEqualTo("urn:tutti:problem:invalid-simulation");
      assertThat(problem.get("detail").stringValue())
          .contains("steps: is unknown", "esdl_base64string: field required")
          .contains("nr_of_time_steps: ensure", "calculation_services: there is none");
    }
    assertThat(ok(get("")).get("items").size()).isZero();
  }

  @Test
  void aBodyHasToBeJson() {
    HttpResponse<String> answer =
        stage.send(
            stage
                .request(API + "/start")
                .header("Authorization", "Bearer " + RestStage.TOKEN)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(Neighbourhood.body(1))));
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(stage.send(stage.request(API)).statusCode()).isEqualTo(401);
  }

  @Test
  void aSimulationShowsHowFarItIsAndForWhomEverybodyWaits() {
    HttpResponse<String> started = post("/start", Neighbourhood.body(2));
    assertThat(started.statusCode()).isEqualTo(201);
    String id = RestStage.json(started).get("id").stringValue();
    stage.modelsReady(id);
    stage.parameterized(id);
    awaitState(id, "stepping");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> ok(get("/" + id)).get("waitingForInAll").intValue() == 4);
    JsonNode shown = ok(get("/" + id));
    assertThat(shown.get("waitingFor").get(0).stringValue()).isEqualTo("econnection-service-1");
    assertThat(shown.get("clock").get("step").intValue()).isEqualTo(1);
    assertThat(shown.get("clock").get("steps").intValue()).isEqualTo(96);
    assertThat(shown.get("clock").get("start").stringValue()).isEqualTo("2024-03-01T00:00:00");
    assertThat(shown.get("clock").get("zone").stringValue()).isEqualTo("Europe/Amsterdam");
    assertThat(shown.get("clock").get("leftMillis").isNull()).isTrue();
    JsonNode models = ok(get("/" + id + "/models")).get("items");
    assertThat(models.size()).isEqualTo(4);
    assertThat(models.get(1).get("state").stringValue()).isEqualTo("step-started");
    assertThat(models.get(1).get("objects").intValue()).isEqualTo(8);
    stage.calculated(id, 1);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> ok(get("/" + id)).get("clock").get("finished").intValue() == 1);
    JsonNode clock = ok(get("/" + id)).get("clock");
    assertThat(clock.get("meanMillis").doubleValue()).isPositive();
    assertThat(clock.get("leftMillis").doubleValue())
        .isEqualTo(clock.get("meanMillis").doubleValue() * 95);
  }

  @Test
  void whatItWasMadeFromStaysWithIt() {
    JsonNode origin = ok(get("/" + started())).get("origin");
    assertThat(origin.get("version").stringValue()).isEqualTo("1.2.3-test");
    assertThat(origin.get("esdl").stringValue()).matches("[0-9a-f]{64}");
    assertThat(origin.get("images").size()).isEqualTo(3);
    assertThat(origin.get("services").get(1).toString())
        .isEqualTo(
            "{\"esdlType\":\"PVInstallation\",\"name\":\"pvinstallation_service\","
                + "\"image\":\"registry/pv:1\",\"models\":1,\"onModelFailure\":\"fail\",\"every\":1}");
  }

  @Test
  void itsEsdlCanBeHadAsItCame() {
    HttpResponse<String> esdl = get("/" + started() + "/esdl");
    assertThat(esdl.body()).isEqualTo(Neighbourhood.esdl());
    assertThat(esdl.headers().firstValue("Content-Type")).contains("application/xml");
  }

  @Test
  void aSimulationCanBePausedResumedAndCancelled() {
    String id = started();
    assertThat(ok(post("/" + id + "/pause", "")).get("paused").booleanValue()).isTrue();
    assertThat(explained(id)).contains("It is paused");
    assertThat(ok(post("/" + id + "/resume", "")).get("paused").booleanValue()).isFalse();
    JsonNode cancelled = ok(post("/" + id + "/cancel", ""));
    assertThat(cancelled.get("outcome").stringValue()).isEqualTo("cancelled");
    assertThat(explained(id)).contains("cancelled, after 0 of 96 steps");
  }

  @Test
  void theQueueCanBeReordered() {
    String active = queued("");
    String second = queued("");
    String third = queued("");
    assertThat(place(active)).isZero();
    assertThat(place(second)).isEqualTo(1);
    assertThat(place(third)).isEqualTo(2);
    assertThat(explained(third)).contains("behind 1 others", second);
    JsonNode moved = ok(post("/" + third + "/priority?value=7", ""));
    assertThat(moved.get("place").intValue()).isEqualTo(1);
    assertThat(place(second)).isEqualTo(2);
    assertThat(post("/" + third + "/priority", "").statusCode()).isEqualTo(400);
    assertThat(post("/" + third + "/priority?value=x", "").statusCode()).isEqualTo(400);
  }

  @Test
  void aRerunStartsTheSameOnceMore() {
    String first = started();
    HttpResponse<String> answer = post("/" + first + "/rerun", "");
    assertThat(answer.statusCode()).isEqualTo(201);
    JsonNode again = RestStage.json(answer);
    JsonNode former = ok(get("/" + first));
    assertThat(again.get("id").stringValue()).isNotEqualTo(first);
    assertThat(again.get("origin")).isEqualTo(former.get("origin"));
    assertThat(again.get("clock").get("start")).isEqualTo(former.get("clock").get("start"));
    assertThat(again.get("queued").booleanValue()).isFalse();
    assertThat(
            RestStage.json(post("/" + first + "/rerun?queue=true", ""))
                .get("queued")
                .booleanValue())
        .isTrue();
    Simulation stored = stage.simulations.find(again.get("id").stringValue()).orElseThrow();
    assertThat(stored.request()).isEqualTo(stage.simulations.find(first).orElseThrow().request());
  }

  @Test
  void logsCanBeHadByModelAndLevel() {
    String id = started();
    stage.modelsReady(id);
    stage.log(id, "econnection-service-1", "2024-01-01 INFO all is well");
    stage.log(id, "econnection-service-1", "2024-01-01 ERROR not so well");
    stage.log(id, "pvinstallation-service-1", "2024-01-01 WARNING no sun");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> ok(get("/" + id + "/logs")).get("items").size() == 3);
    assertThat(texts("/" + id + "/logs?level=warning"))
        .containsExactly("2024-01-01 ERROR not so well", "2024-01-01 WARNING no sun");
    assertThat(texts("/" + id + "/logs?model=econnection-service-1&tail=1"))
        .containsExactly("2024-01-01 ERROR not so well");
    assertThat(get("/" + id + "/logs?level=loud").statusCode()).isEqualTo(400);
  }

  @Test
  void resultsCanBeHadAsCsv() {
    String id = started();
    assertThat(ok(get("/" + id + "/results")).get("measurements").toString())
        .isEqualTo("[\"pvinstallation\",\"two words\"]");
    HttpResponse<String> csv = get("/" + id + "/results/two%20words");
    assertThat(csv.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
    assertThat(csv.body().lines().count()).isEqualTo(TwoTables.LINES);
    assertThat(csv.body()).startsWith("0;" + id + ";two words\n");
    assertThat(get("/" + id + "/results/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void listsCanBeFilteredAndPaged() {
    String one = started();
    String two = started();
    JsonNode _ = ok(post("/" + two + "/cancel", ""));
    JsonNode deploying = ok(get("?state=deploying"));
    assertThat(deploying.get("items").size()).isEqualTo(1);
    assertThat(deploying.get("items").get(0).get("id").stringValue()).isEqualTo(one);
    JsonNode page = ok(get("?limit=1"));
    assertThat(page.get("items").size()).isEqualTo(1);
    JsonNode rest = ok(get("?limit=1&cursor=" + page.get("next").stringValue()));
    assertThat(rest.get("items").get(0).get("id")).isNotEqualTo(page.get("items").get(0).get("id"));
    assertThat(get("?state=happy").statusCode()).isEqualTo(400);
  }

  @Test
  void explainSaysWhatIsWaitedForAndSinceWhen() {
    String id = started();
    assertThat(explained(id)).contains("being deployed", "given up after 10 min 0 s");
    stage.modelsReady(id);
    stage.parameterized(id);
    awaitState(id, "stepping");
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(explained(id))
                .contains("Step 1 of 96 is being calculated, since 0 s")
                .contains("takes more than 10 min 0 s, in 9 min")
                .contains("Everybody waits for econnection-service-1, pvinstallation"));
    stage.error(id, "ValueError: no sun");
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          assertThat(explained(id)).contains("failed, after 0 of 96 steps", "no sun");
          assertThat(
                  ok(get("/" + id + "/explain")).get("troubled").get(0).get("reason").stringValue())
              .contains("no sun");
        });
  }

  @Test
  void whatDoesNotExistIsNotFound() {
    for (String path : List.of("", "/models", "/explain", "/logs", "/esdl", "/results")) {
      assertThat(get("/nobody" + path).statusCode()).as(path).isEqualTo(404);
    }
    for (String verb : List.of("/pause", "/resume", "/cancel", "/rerun", "/priority?value=1")) {
      assertThat(post("/nobody" + verb, "").statusCode()).as(verb).isEqualTo(404);
    }
  }

  private String started() {
    HttpResponse<String> answer = post("/start", Neighbourhood.body(1));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return RestStage.json(answer).get("id").stringValue();
  }

  private String queued(String members) {
    HttpResponse<String> answer = post("/queue", OriginalRestContract.minimal(members));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return RestStage.json(answer).get("id").stringValue();
  }

  private int place(String id) {
    return ok(get("/" + id)).get("place").intValue();
  }

  private String explained(String id) {
    List<String> sentences = new ArrayList<>();
    ok(get("/" + id + "/explain")).get("sentences").forEach(s -> sentences.add(s.stringValue()));
    return String.join(" ", sentences);
  }

  private List<String> texts(String path) {
    List<String> texts = new ArrayList<>();
    ok(get(path)).get("items").forEach(line -> texts.add(line.get("text").stringValue()));
    return texts;
  }

  private void awaitState(String id, String state) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(ok(get("/" + id)).get("state").stringValue()).isEqualTo(state));
  }

  private HttpResponse<String> get(String path) {
    return stage.get(API + path, RestStage.TOKEN);
  }

  private HttpResponse<String> post(String path, String body) {
    return stage.post(API + path, RestStage.TOKEN, body);
  }

  private static JsonNode ok(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return RestStage.json(answer);
  }

  /** Enough lines that they do not fit into any buffer. */
  private record TwoTables() implements ResultSource {

    static final int LINES = 100_000;

    @Override
    public List<String> measurements(String simulation) {
      return List.of("pvinstallation", "two words");
    }

    @Override
    public void writeCsv(String simulation, String measurement, Writer out) throws IOException {
      for (int i = 0; i < LINES; i++) {
        out.write("%d;%s;%s\n".formatted(i, simulation, measurement));
      }
    }

    @Override
    public ResultColumns columns(String simulation, String measurement) {
      return ResultColumns.NONE;
    }

    @Override
    public void writeRows(
        String simulation, String measurement, ResultColumns columns, String before, Writer out)
        throws IOException {
      out.write(before);
    }
  }
}
