package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.surface.Surface;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Every row of spec DOTS 3.2 to 3.4, as a client of the original sees it. */
abstract class OriginalRestContract {

  static final String API = "/api/v1/simulation";
  static final String PASSWORD = "pass & word";
  private static final String KEY = "a-secret-key-of-some-length";

  @TempDir Path folder;

  RestStage stage;
  private String token = "";

  abstract List<Surface> surfaces(RestStage on, CompatibilitySurface original);

  @BeforeEach
  void start() {
    stage =
        new RestStage(
            folder,
            on ->
                surfaces(
                    on,
                    new CompatibilitySurface(
                        on.simulations,
                        on.planner,
                        CompatibilityAccess.withPassword(PASSWORD, KEY),
                        on.clock)));
    token = RestStage.json(login("DotsUser", PASSWORD)).get("access_token").stringValue();
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  // ---- POST /token

  @Test
  void theUserGetsATokenForThePassword() {
    HttpResponse<String> answer = login("DotsUser", PASSWORD);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .matches("\\{\"access_token\":\"[\\w-]+\\.[\\w-]+\\.[\\w-]+\",\"token_type\":\"bearer\"}");
    String[] parts = RestStage.json(answer).get("access_token").stringValue().split("\\.", -1);
    assertThat(decoded(parts[0])).isEqualTo("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
    JsonNode claims = RestStage.json(decoded(parts[1]));
    assertThat(claims.propertyNames()).containsExactly("sub", "exp");
    assertThat(claims.get("sub").stringValue()).isEqualTo("DotsUser");
    long left = claims.get("exp").longValue() - Instant.now().getEpochSecond();
    assertThat(left).isBetween(30 * 60L - 30, 30 * 60L);
  }

  @Test
  void wrongNamesAndPasswordsGetNone() {
    for (HttpResponse<String> answer :
        List.of(login("DotsUser", "wrong"), login("dotsuser", PASSWORD), login("x", "y"))) {
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).isEqualTo("{\"detail\":\"Incorrect username or password\"}");
      assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }
  }

  @Test
  void fieldsThatAreMissingInALoginAreNamed() {
    HttpResponse<String> answer = form("grant_type=password&username=&scope=");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .isEqualTo(
            "{\"detail\":["
                + "{\"loc\":[\"body\",\"username\"],\"msg\":\"field required\","
                + "\"type\":\"value_error.missing\"},"
                + "{\"loc\":[\"body\",\"password\"],\"msg\":\"field required\","
                + "\"type\":\"value_error.missing\"}]}");
    assertThat(form("").statusCode()).isEqualTo(422);
    assertThat(form("grant_type=code&username=a&password=b").body())
        .isEqualTo(
            "{\"detail\":[{\"loc\":[\"body\",\"grant_type\"],"
                + "\"msg\":\"string does not match regex \\\"password\\\"\","
                + "\"type\":\"value_error.str.regex\",\"ctx\":{\"pattern\":\"password\"}}]}");
  }

  @Test
  void optionalFieldsOfALoginAreTaken() {
    HttpResponse<String> answer =
        form(
            "grant_type=password&username=DotsUser&password=pass+%26%20word"
                + "&scope=&client_id=string&client_secret=string");
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  // ---- who is let in

  @Test
  void nobodyComesInWithoutAToken() {
    for (HttpResponse<String> answer :
        List.of(
            stage.send(stage.request(API + "/")),
            stage.send(stage.request(API + "/").header("Authorization", "Basic eDp5")),
            stage.send(stage.request(API + "/some-id")),
            stage.send(stage.request(API + "/some-id").DELETE()),
            stage.send(stage.request(API + "/start").POST(BodyPublishers.ofString("{}"))),
            stage.send(stage.request(API + "/queue").POST(BodyPublishers.ofString("{}"))))) {
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).isEqualTo("{\"detail\":\"Not authenticated\"}");
      assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }
  }

  @Test
  void badTokensAreRefused() {
    SignedToken ours = new SignedToken(KEY.getBytes(StandardCharsets.UTF_8));
    Instant soon = Instant.now().plusSeconds(600);
    String unsigned = unpadded("{\"alg\":\"none\"}") + "." + token.split("\\.", -1)[1] + ".";
    for (String bad :
        List.of(
            "nonsense",
            unsigned,
            token.substring(0, token.length() - 2) + "xx",
            ours.issue("DotsUser", Instant.now().minusSeconds(1)),
            ours.issue("Somebody", soon),
            new SignedToken("another".getBytes(StandardCharsets.UTF_8)).issue("DotsUser", soon))) {
      HttpResponse<String> answer = stage.get(API + "/", bad);
      assertThat(answer.statusCode()).as(bad).isEqualTo(401);
      assertThat(answer.body()).isEqualTo("{\"detail\":\"Could not validate credentials\"}");
      assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }
    assertThat(stage.get(API + "/", ours.issue("DotsUser", soon)).statusCode()).isEqualTo(200);
  }

  // ---- POST /start

  @Test
  void aStartedSimulationIsShownWithTheKeysOfTheOriginalInItsOrder() {
    Instant before = Instant.now();
    HttpResponse<String> answer = stage.post(API + "/start", token, Neighbourhood.body(4));
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    JsonNode status = RestStage.json(answer);
    String id = status.get("simulation_id").stringValue();
    assertThat(id).matches("my-street-[0-9a-f]{8}");
    String began = status.get("calculation_start_datetime").stringValue();
    assertThat(java.time.LocalDateTime.parse(began).atZone(RestStage.ZONE).toInstant())
        .isBetween(before.minusMillis(1), Instant.now());
    assertThat(began).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?");
    assertThat(answer.body())
        .startsWith(
            "{\"name\":\"My Street\",\"start_date\":\"2024-03-01T00:00:00\","
                + "\"time_step_seconds\":900,\"nr_of_time_steps\":96,"
                + "\"max_step_calc_time_minutes\":10.0,\"keep_logs_hours\":24.0,"
                + "\"log_level\":\"info\",\"calculation_services\":["
                + "{\"esdl_type\":\"EnergySystem\","
                + "\"calc_service_name\":\"energysystem_service\","
                + "\"service_image_url\":\"registry/energysystem:1\",\"nr_of_models\":1},")
        .contains(
            "\"esdl_base64string\":\""
                + Neighbourhood.base64(Neighbourhood.esdl())
                + "\",\"simulation_id\":\""
                + id
                + "\",\"simulation_status\":\"all models registered\","
                + "\"calculation_start_datetime\":\""
                + began
                + "\",\"calculation_end_datetime\":null,\"calculation_duration\":0.");
    assertThat(status.propertyNames()).hasSize(14);
  }

  @Test
  void keysThatAreMissingHaveTheirDefaults() {
    JsonNode status = started(minimal(""));
    assertThat(status.get("name").stringValue()).isEqualTo("simulation name");
    assertThat(status.get("start_date").stringValue()).isEqualTo("2023-01-25T00:00:00");
    assertThat(status.get("time_step_seconds").intValue()).isEqualTo(3600);
    assertThat(status.get("nr_of_time_steps").intValue()).isEqualTo(24);
    assertThat(status.get("log_level").stringValue()).isEqualTo("info");
    JsonNode service = status.get("calculation_services").get(0);
    assertThat(service.toString())
        .isEqualTo(
            "{\"esdl_type\":\"PVInstallation\",\"calc_service_name\":\"pvinstallation_service\","
                + "\"service_image_url\":\"pv:1\",\"nr_of_models\":1}");
    assertThat(status.get("simulation_id").stringValue()).startsWith("simulation-name-");
  }

  @Test
  void limitsAreShownAsTheyWereAskedFor() {
    String shown =
        stage
            .post(
                API + "/start",
                token,
                minimal(
                    "\"max_step_calc_time_minutes\": 2, \"keep_logs_hours\": 0.25,"
                        + "\"log_level\": \"WARNING\", \"start_date\": \"2024-03-01T00:00:00.5Z\","))
            .body();
    assertThat(shown)
        .contains("\"max_step_calc_time_minutes\":2.0,\"keep_logs_hours\":0.25")
        .contains("\"log_level\":\"WARNING\"")
        .contains("\"start_date\":\"2024-03-01T00:00:00.500000+00:00\"");
    assertThat(stage.post(API + "/start", token, minimal("\"keep_logs_hours\": 800000,")).body())
        .contains("\"keep_logs_hours\":800000.0");
  }

  @Test
  void whatIsWrongWithABodyIsSaidAsTheOriginalDoes() {
    HttpResponse<String> answer =
        stage.post(
            API + "/start",
            token,
            "{\"name\": [], \"start_date\": \"x\", \"time_step_seconds\": \"x\","
                + "\"keep_logs_hours\": {}, \"log_level\": null,"
                + "\"calculation_services\": [{\"nr_of_models\": 1.5e3}, 1]}");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .isEqualTo(
            "{\"detail\":["
                + mistake("\"name\"", "str type expected", "type_error.str")
                + ","
                + mistake("\"start_date\"", "invalid datetime format", "value_error.datetime")
                + ","
                + mistake(
                    "\"time_step_seconds\"", "value is not a valid integer", "type_error.integer")
                + ","
                + mistake("\"keep_logs_hours\"", "value is not a valid float", "type_error.float")
                + ","
                + mistake(
                    "\"log_level\"", "none is not an allowed value", "type_error.none.not_allowed")
                + ","
                + mistake(
                    "\"calculation_services\",0,\"service_image_url\"",
                    "field required",
                    "value_error.missing")
                + ","
                + mistake(
                    "\"calculation_services\",1", "value is not a valid dict", "type_error.dict")
                + ","
                + mistake("\"esdl_base64string\"", "field required", "value_error.missing")
                + "]}");
    assertThat(detail(stage.post(API + "/start", token, "{}")))
        .isEqualTo(
            "["
                + mistake("\"calculation_services\"", "field required", "value_error.missing")
                + ","
                + mistake("\"esdl_base64string\"", "field required", "value_error.missing")
                + "]");
    assertThat(detail(stage.post(API + "/start", token, "[1]")))
        .isEqualTo("[" + mistake("", "value is not a valid dict", "type_error.dict") + "]");
    assertThat(detail(stage.post(API + "/start", token, "")))
        .isEqualTo("[" + mistake("", "field required", "value_error.missing") + "]");
  }

  @Test
  void aBodyThatIsNoJsonIsAMistakeOfItsOwnType() {
    JsonNode mistake =
        RestStage.json(stage.post(API + "/queue", token, "{\"name\": }")).get("detail").get(0);
    assertThat(mistake.get("type").stringValue()).isEqualTo("value_error.jsondecode");
    assertThat(mistake.get("loc").get(0).stringValue()).isEqualTo("body");
    assertThat(mistake.get("loc").get(1).isNumber()).isTrue();
    assertThat(mistake.get("msg").stringValue()).contains("line 1 column");
  }

  @Test
  void whatCannotWorkIsRefusedAndNotStored() {
    String unreadable =
        minimal("")
            .replaceAll("\"esdl_base64string\": \"[^\"]*\"", "\"esdl_base64string\": \"YQ\"");
    for (String body :
        List.of(
            unreadable,
            minimal("").replace("pv:1\"", "pv:1\", \"nr_of_models\": -1"),
            minimal("").replace("pv:1\"", "pv:1\", \"esdl_type\": \"Point\""),
            minimal("").replace("pv:1\"", "pv:1\", \"esdl_type\": \"Battery\""),
            minimal("\"nr_of_time_steps\": -1,"))) {
      for (String verb : List.of("/start", "/queue")) {
        HttpResponse<String> answer = stage.post(API + verb, token, body);
        assertThat(answer.statusCode()).as(body).isEqualTo(422);
        JsonNode mistake = RestStage.json(answer).get("detail").get(0);
        assertThat(mistake.get("loc").get(0).stringValue()).isEqualTo("body");
        assertThat(mistake.get("type").stringValue()).startsWith("value_error");
      }
    }
    assertThat(stage.get(API + "/", token).body()).isEqualTo("{\"simulations\":[]}");
    assertThat(stage.bus.topics()).isEmpty();
  }

  @Test
  void bodiesWithoutATypeAreReadToo() {
    HttpResponse<String> answer =
        stage.send(
            stage
                .request(API + "/start")
                .header("Authorization", "bearer " + token)
                .POST(BodyPublishers.ofString(minimal("\"unknown\": 1,"))));
    assertThat(answer.statusCode()).isEqualTo(201);
  }

  @Test
  void longNamesOfServicesAndSimulationsAreShortened() {
    JsonNode status =
        started(
            minimal("\"name\": \"A Simulation_With a very long name\",")
                .replace(
                    "pv:1\"",
                    "pv:1\", \"calc_service_name\":"
                        + " \"a_service_with_a_very_long_name_indeed_it_is\""));
    String id = status.get("simulation_id").stringValue();
    assertThat(id).matches("a-simulation-with-a--[0-9a-f]{8}");
    assertThat(status.get("name").stringValue()).isEqualTo("A Simulation_With a very long name");
    assertThat("so-" + id + "-" + stage.simulations.models(id).getFirst().plan().modelId())
        .hasSizeLessThanOrEqualTo(63);
  }

  // ---- POST /queue

  @Test
  void queuedSimulationsRunOneAfterAnother() {
    JsonNode first = RestStage.json(stage.post(API + "/queue", token, minimal("")));
    HttpResponse<String> answer = stage.post(API + "/queue", token, minimal(""));
    assertThat(answer.statusCode()).isEqualTo(201);
    String one = first.get("simulation_id").stringValue();
    String two = RestStage.json(answer).get("simulation_id").stringValue();
    stage.modelsReady(one);
    awaitStatus(one, "all models deployed");
    assertThat(status(two)).isEqualTo("all models registered");
    assertThat(stage.bus.topics()).doesNotContain(deployModels(two));
    assertThat(stage.delete(API + "/" + one, token).statusCode()).isEqualTo(200);
    stage.bus.say("/lifecycle/mso/dots-so/" + one + "/AllModelsHaveTerminated", new byte[0]);
    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(stage.bus.topics()).contains(deployModels(two)));
  }

  @Test
  void startingGoesPastTheQueue() {
    String waiting = id(stage.post(API + "/queue", token, minimal("")));
    String started = id(stage.post(API + "/start", token, minimal("")));
    stage.modelsReady(started);
    awaitStatus(started, "all models deployed");
    assertThat(status(waiting)).isEqualTo("all models registered");
  }

  // ---- states and their texts

  @Test
  void everyStateHasTheTextOfTheOriginal() throws Exception {
    String id = id(stage.post(API + "/start", token, minimal("\"nr_of_time_steps\": 2,")));
    awaitStatus(id, "all models registered");
    stage.modelsReady(id);
    awaitStatus(id, "all models deployed");
    Simulation _ = stage.simulations.pause(id);
    stage.parameterized(id);
    awaitStatus(id, "all models parameterized");
    Simulation _ = stage.simulations.resume(id);
    awaitStatus(id, "Calculating time step 1 (of 2)");
    Simulation _ = stage.simulations.pause(id);
    stage.calculated(id, 1);
    awaitStatus(id, "finished calculation step");
    Simulation _ = stage.simulations.resume(id);
    awaitStatus(id, "Calculating time step 2 (of 2)");
    stage.calculated(id, 2);
    awaitStatus(id, "the simulation terminated successfully");
    JsonNode last = RestStage.json(stage.get(API + "/" + id, token));
    assertThat(last.get("calculation_end_datetime").isString()).isTrue();
    double duration = last.get("calculation_duration").doubleValue();
    JsonNode again = RestStage.json(stage.get(API + "/" + id, token));
    assertThat(again.get("calculation_duration").doubleValue()).isEqualTo(duration);
  }

  @Test
  void aModelWithAnErrorEndsTheSimulation() {
    String id = id(stage.post(API + "/start", token, minimal("")));
    stage.modelsReady(id);
    stage.parameterized(id);
    awaitStatus(id, "Calculating time step 1 (of 24)");
    stage.error(id, "Traceback: no sun");
    awaitStatus(id, "(a) model(s) terminated with an error, the simulation has been terminated");
  }

  @Test
  void noStepsAtAllEndAfterTheParameters() {
    String id = id(stage.post(API + "/start", token, minimal("\"nr_of_time_steps\": 0,")));
    stage.modelsReady(id);
    stage.parameterized(id);
    awaitStatus(id, "the simulation terminated successfully");
    assertThat(stage.bus.topics()).noneMatch(topic -> topic.endsWith("/NewStep"));
  }

  // ---- GET

  @Test
  void unknownSimulationsAreNotFound() {
    HttpResponse<String> got = stage.get(API + "/no%20such", token);
    assertThat(got.statusCode()).isEqualTo(404);
    assertThat(got.body()).isEqualTo("{\"detail\":\"Simulation with ID 'no such' not found\"}");
    HttpResponse<String> deleted = stage.delete(API + "/nobody", token);
    assertThat(deleted.statusCode()).isEqualTo(404);
    assertThat(deleted.body()).isEqualTo("{\"detail\":\"Simulation with ID nobody not found\"}");
  }

  @Test
  void theListHoldsTheSameAsTheSingleAnswers() {
    String one = id(stage.post(API + "/start", token, Neighbourhood.body(2)));
    String two = id(stage.post(API + "/queue", token, minimal("")));
    HttpResponse<String> answer = stage.get(API + "/", token);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    JsonNode list = RestStage.json(answer).get("simulations");
    assertThat(list.size()).isEqualTo(2);
    assertThat(list.get(0).get("simulation_id").stringValue()).isEqualTo(one);
    assertThat(list.get(1).get("simulation_id").stringValue()).isEqualTo(two);
    JsonNode single = RestStage.json(stage.get(API + "/" + one, token));
    for (String key : single.propertyNames()) {
      if (!key.equals("calculation_duration") && !key.equals("simulation_status")) {
        assertThat(list.get(0).get(key)).as(key).isEqualTo(single.get(key));
      }
    }
  }

  // ---- DELETE

  @Test
  void aDeletedSimulationIsShownOnceMoreAndThenForgotten() {
    String id = id(stage.post(API + "/start", token, minimal("")));
    HttpResponse<String> last = stage.delete(API + "/" + id, token);
    assertThat(last.statusCode()).isEqualTo(200);
    assertThat(RestStage.json(last).get("simulation_id").stringValue()).isEqualTo(id);
    assertThat(RestStage.json(last).get("simulation_status").stringValue())
        .isEqualTo("(a) model(s) terminated with an error, the simulation has been terminated");
    assertThat(stage.get(API + "/" + id, token).statusCode()).isEqualTo(404);
    assertThat(stage.delete(API + "/" + id, token).statusCode()).isEqualTo(404);
    assertThat(stage.get(API + "/", token).body()).isEqualTo("{\"simulations\":[]}");
  }

  @Test
  void aSimulationThatHasEndedCanBeForgottenToo() {
    String id = id(stage.post(API + "/start", token, minimal("\"nr_of_time_steps\": 0,")));
    stage.modelsReady(id);
    stage.parameterized(id);
    awaitStatus(id, "the simulation terminated successfully");
    HttpResponse<String> last = stage.delete(API + "/" + id, token);
    assertThat(last.statusCode()).isEqualTo(200);
    assertThat(stage.get(API + "/" + id, token).statusCode()).isEqualTo(404);
    assertThat(stage.simulations.find(id)).isPresent();
  }

  // ---- what is in nobody's table

  @Test
  void wrongMethodsAndPathsAreRefusedAsTheOriginalDoes() {
    HttpResponse<String> method = stage.get(API + "/start/x/y", token);
    assertThat(method.statusCode()).isEqualTo(404);
    assertThat(method.body()).isEqualTo("{\"detail\":\"Not Found\"}");
    HttpResponse<String> put =
        stage.send(stage.request(API + "/some-id").PUT(BodyPublishers.ofString("{}")));
    assertThat(put.statusCode()).isEqualTo(405);
    assertThat(put.body()).isEqualTo("{\"detail\":\"Method Not Allowed\"}");
  }

  @Test
  void aMissingSlashLeadsToThePathWithIt() {
    HttpResponse<String> answer = stage.get(API, token);
    assertThat(answer.statusCode()).isEqualTo(307);
    assertThat(answer.headers().firstValue("Location")).contains(stage.uri() + API + "/");
    HttpResponse<String> posted = stage.post(API + "/start/", token, "{}");
    assertThat(posted.statusCode()).isEqualTo(307);
    assertThat(posted.headers().firstValue("Location")).contains(stage.uri() + API + "/start");
  }

  // ---- words

  private HttpResponse<String> login(String name, String password) {
    return form(
        "username=%s&password=%s"
            .formatted(
                java.net.URLEncoder.encode(name, StandardCharsets.UTF_8),
                java.net.URLEncoder.encode(password, StandardCharsets.UTF_8)));
  }

  private HttpResponse<String> form(String fields) {
    return stage.send(
        stage
            .request(API + "/token")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(fields)));
  }

  private JsonNode started(String body) {
    HttpResponse<String> answer = stage.post(API + "/start", token, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return RestStage.json(answer);
  }

  private static String id(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return RestStage.json(answer).get("simulation_id").stringValue();
  }

  private String status(String id) {
    return RestStage.json(stage.get(API + "/" + id, token)).get("simulation_status").stringValue();
  }

  private void awaitStatus(String id, String text) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(status(id)).isEqualTo(text));
  }

  private static String deployModels(String simulation) {
    return "/lifecycle/dots-so/mso/" + simulation + "/DeployModels";
  }

  private static String detail(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(422);
    return RestStage.json(answer).get("detail").toString();
  }

  private static String mistake(String where, String message, String type) {
    return "{\"loc\":[\"body\"%s],\"msg\":\"%s\",\"type\":\"%s\"}"
        .formatted(where.isEmpty() ? "" : "," + where, message, type);
  }

  static String minimal(String members) {
    return """
    {%s "calculation_services": [{"service_image_url": "pv:1"}],
     "esdl_base64string": "%s"}
    """
        .formatted(members, Neighbourhood.base64(Neighbourhood.esdl()));
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }

  private static String unpadded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
