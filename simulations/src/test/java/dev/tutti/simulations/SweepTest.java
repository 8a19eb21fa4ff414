package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.store.Query;
import dev.tutti.core.surface.Surface;
import dev.tutti.simulations.results.InfluxSurface;
import dev.tutti.simulations.results.Results;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One request, many sets of parameters. */
final class SweepTest {

  private static final String API = "/api/v1";
  private static final String GRID =
      """
      {"sets": [{"esdl.pv1.1.power": 1000}, {"esdl.pv1.1.power": 2500.5, "nr_of_time_steps": 48}],
       "grid": {"services.pvinstallation_service.nr_of_models": [1, 3],
                "esdl.EConnection.name": ["a & b"]}}
      """;

  @TempDir private Path folder;
  private RestStage stage;

  @BeforeEach
  void open() {
    Results results = new Results(folder.resolve("results"), 1 << 20);
    stage =
        new RestStage(
            folder,
            on ->
                List.of(
                    new Surface(
                        "tutti",
                        API,
                        new SimulationEndpoints(
                                on.simulations, on.planner, new ResultFiles(results), on.clock)
                            .endpoints()),
                    new InfluxSurface(results, new InfluxSurface.Account("u", "p"), on.clock)
                        .surface()));
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private static String body(String sweep) {
    String request = Neighbourhood.body(2).strip();
    return request.substring(0, request.length() - 1) + ", \"sweep\": " + sweep + "}";
  }

  private JsonNode begin(String sweep) {
    HttpResponse<String> answer = stage.post(API + "/sweeps", RestStage.TOKEN, body(sweep));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return RestStage.json(answer);
  }

  private String refusal(String sweep) {
    HttpResponse<String> answer = stage.post(API + "/sweeps", RestStage.TOKEN, body(sweep));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(get("/sweeps").get("items")).isEmpty();
    assertThat(get("/simulations").get("items")).isEmpty();
    return RestStage.json(answer).get("detail").stringValue();
  }

  private JsonNode get(String path) {
    HttpResponse<String> answer = stage.get(API + path, RestStage.TOKEN);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return RestStage.json(answer);
  }

  private static List<String> simulations(JsonNode sweep) {
    List<String> ids = new ArrayList<>();
    sweep.get("members").forEach(member -> ids.add(member.get("simulation").stringValue()));
    return ids;
  }

  @Test
  void everySetIsASimulationOfTheQueueWithItsOwnFileAndRequest() {
    JsonNode sweep = begin(GRID);

    assertThat(sweep.get("id").stringValue()).startsWith("my-street-sweep-");
    assertThat(sweep.get("parameters").toString())
        .isEqualTo(
            "[\"esdl.pv1.1.power\",\"services.pvinstallation_service.nr_of_models\","
                + "\"esdl.EConnection.name\",\"nr_of_time_steps\"]");
    List<String> ids = simulations(sweep);
    assertThat(ids).hasSize(4).doesNotHaveDuplicates();
    assertThat(sweep.get("members").get(3).get("values").toString())
        .isEqualTo("[\"2500.5\",\"3\",\"a & b\",\"48\"]");
    assertThat(sweep.get("members").get(0).get("values").get(3).stringValue()).isEmpty();
    JsonNode last = get("/simulations/" + ids.getLast());
    assertThat(last.get("sweep")).isEqualTo(sweep.get("id"));
    assertThat(last.get("settings").get(0).get("name").stringValue()).isEqualTo("esdl.pv1.1.power");
    assertThat(last.get("clock").get("steps").intValue()).isEqualTo(48);
    assertThat(last.get("models").intValue()).isEqualTo(1 + 3 + 1);
    assertThat(last.get("place").intValue()).isEqualTo(3);
    HttpResponse<String> esdl =
        stage.get(API + "/simulations/" + ids.getLast() + "/esdl", RestStage.TOKEN);
    assertThat(esdl.body())
        .isEqualTo(
            Neighbourhood.esdl()
                .replace(
                    "<asset xsi:type=\"esdl:PVInstallation\" id=\"pv1.1\"",
                    "<asset power=\"2500.5\" xsi:type=\"esdl:PVInstallation\" id=\"pv1.1\"")
                .replace(
                    "<asset xsi:type=\"esdl:EConnection\"",
                    "<asset name=\"a &amp; b\" xsi:type=\"esdl:EConnection\""));
    assertThat(last.get("origin").get("seed").longValue())
        .isEqualTo(Inputs.seed(esdl.body().getBytes(StandardCharsets.UTF_8)));
    assertThat(get("/simulations?sweep=" + sweep.get("id").stringValue()).get("items")).hasSize(4);
    assertThat(get("/sweeps").get("items").get(0).get("simulations").intValue()).isEqualTo(4);
    assertThat(get("/sweeps").get("items").get(0).get("waiting").intValue()).isEqualTo(3);
  }

  @Test
  void aSetThatCannotWorkIsNamedAndNothingIsStored() {
    assertThat(
            refusal(
                """
                {"sets": [{"nr_of_time_steps": 4}, {"nr_of_time_steps": -1},
                          {"esdl.pv9.power": 1, "services.pv_service.every": 2, "time_step": 3}]}
                """))
        .contains("set 2 (nr_of_time_steps=-1): nr_of_time_steps: ensure this value is greater")
        .contains("set 3 (esdl.pv9.power=1, ")
        .contains("the ESDL has no object with the id or of the class 'pv9'")
        .contains("there is no service 'pv_service'")
        .contains("'time_step' is no parameter")
        .doesNotContain("set 1");
    assertThat(refusal("{\"grid\": {\"priority\": %s}}".formatted(many(401))))
        .contains("would be 401 simulations, at most 400 are possible");
    assertThat(refusal("{}")).contains("varies nothing");
    assertThat(refusal("{\"sets\": [{\"priority\": [1]}], \"grids\": {}}"))
        .contains("sweep.grids: is unknown")
        .contains("sweep.sets[0].priority: has to be a text, a number");
    assertThat(refusal("{\"sets\": [{\"priority\": 1}], \"grid\": {\"priority\": [2]}}"))
        .contains("is in 'sets' already");
  }

  @Test
  void aSweepThatIsAskedForAsOneSimulationIsSentToWhereItBelongs() {
    HttpResponse<String> answer =
        stage.post(API + "/simulations/start", RestStage.TOKEN, body(GRID));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(RestStage.json(answer).get("detail").stringValue())
        .contains("sweep: is for POST /sweeps and 'tutti simulation sweep'");
  }

  private static List<Integer> many(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @Test
  void manyAreTakenInAtOnceAndMoreThanTheQueueHasRoomForNotAtAll() {
    begin("{\"grid\": {\"priority\": %s}}".formatted(many(400)));
    begin("{\"grid\": {\"priority\": %s}}".formatted(many(400)));
    HttpResponse<String> full =
        stage.post(
            API + "/sweeps",
            RestStage.TOKEN,
            body("{\"grid\": {\"priority\": %s}}".formatted(many(300))));
    assertThat(full.statusCode()).isEqualTo(503);
    assertThat(RestStage.json(full).get("detail").stringValue())
        .contains("799 simulations wait already, at most 1000 may, and these are 300");
    assertThat(get("/sweeps").get("items")).hasSize(2);
    assertThat(get("/simulations?limit=1000").get("items")).hasSize(800);
  }

  @Test
  void aPlanSaysWhatItWouldBeAndStoresNothing() {
    HttpResponse<String> answer = stage.post(API + "/sweeps/plan", RestStage.TOKEN, body(GRID));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode plan = RestStage.json(answer);
    assertThat(plan.get("simulations").intValue()).isEqualTo(4);
    assertThat(plan.get("models").intValue()).isEqualTo(3 + 5 + 3 + 5);
    assertThat(plan.get("messages").intValue())
        .isEqualTo(4 * 4 + 16 * 5 + 2 * 96 * (3 + 5) + 2 * 48 * (3 + 5));
    assertThat(plan.get("warnings").toString())
        .contains("no 'pv1.1' has an attribute 'power' in the ESDL; it is added");
    assertThat(get("/sweeps").get("items")).isEmpty();
  }

  @Test
  void cancellingEndsAllOfThem() {
    JsonNode sweep = begin(GRID);
    String id = sweep.get("id").stringValue();

    stage.post(API + "/sweeps/" + id + "/cancel", RestStage.TOKEN, "");

    for (String simulation : simulations(sweep)) {
      assertThat(get("/simulations/" + simulation).get("outcome").stringValue())
          .isEqualTo("cancelled");
    }
    assertThat(get("/sweeps/" + id).get("unsuccessful").intValue()).isEqualTo(4);
    assertThat(get("/sweeps/" + id).get("waiting").intValue()).isZero();
  }

  @Test
  void aSweepIsKeptUntilTheLastOfItsSimulationsIsForgotten() throws Exception {
    SimulationsSettings usual = Stage.settings(folder.resolve("stage"));
    SimulationsSettings forgetful =
        new SimulationsSettings(
            usual.simulatorName(),
            usual.environment(),
            usual.deployTimeout(),
            usual.finishTimeout(),
            usual.askEvery(),
            usual.parametersAtOnce(),
            usual.parametersBytes(),
            usual.queueLimit(),
            usual.queueWaitsForModels(),
            Duration.ofMillis(100),
            usual.logs(),
            usual.logBytes(),
            usual.version());
    SweepPlanner planner =
        new SweepPlanner(new Planner(PlanLimits.defaults(), () -> RestStage.ZONE));
    byte[] body =
        body("{\"grid\": {\"nr_of_time_steps\": [1, 2, 3]}}").getBytes(StandardCharsets.UTF_8);
    try (Stage peers = new Stage(forgetful, new Peers(true))) {
      SweepPlan plan = ((SweepPlanning.Planned) planner.plan(body)).plan();
      Sweep sweep = peers.simulations.sweep(plan, planner);
      String last = sweep.members().getLast().simulation();
      await()
          .until(() -> {
            boolean kept = peers.simulations.findSweep(sweep.id()).isPresent();
            assertThat(kept || peers.find(last).isEmpty()).isTrue();
            return !kept;
          });
      assertThat(peers.store.page(Simulation.KIND, Query.all()).documents()).isEmpty();
    }
  }

  @Test
  void resultsOfAllAreOneTableWithTheParametersAsColumns() {
    JsonNode sweep =
        begin("{\"grid\": {\"esdl.pv1.1.power\": [1, 2], \"esdl.EConnection.name\": [\"a,b\"]}}");
    List<String> ids = simulations(sweep);
    write("pvinstallation,simulation_id=%s,esdl_id=pv1.1 power=2.5 900".formatted(ids.get(0)));
    write("pvinstallation,simulation_id=%s,esdl_id=pv1.1 more=1,power=5 900".formatted(ids.get(1)));
    write("other,simulation_id=%s x=1 900".formatted(ids.get(1)));
    String results = "/sweeps/" + sweep.get("id").stringValue() + "/results";

    assertThat(get(results).get("measurements").toString())
        .isEqualTo("[\"other\",\"pvinstallation\"]");
    assertThat(stage.get(API + results + "/pvinstallation", RestStage.TOKEN).body())
        .isEqualTo(
            """
            simulation,esdl.pv1.1.power,esdl.EConnection.name,time,esdl_id,more,power
            %s,1,"a,b",1970-01-01T00:15:00Z,pv1.1,,2.5
            %s,2,"a,b",1970-01-01T00:15:00Z,pv1.1,1,5
            """
                .formatted(ids.get(0), ids.get(1))
                .replace("\n", "\r\n"));
    assertThat(stage.get(API + results + "/nothing", RestStage.TOKEN).statusCode()).isEqualTo(404);
  }

  private void write(String line) {
    HttpResponse<String> written =
        stage.send(
            stage
                .request("/write?db=GO-e&precision=s&u=u&p=p")
                .POST(BodyPublishers.ofString(line)));
    assertThat(written.statusCode()).isEqualTo(204);
  }
}
