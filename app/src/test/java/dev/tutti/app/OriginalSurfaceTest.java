package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tutti.core.backplane.Image;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * The REST API of the original simulation orchestrator (spec DOTS 3.2 to 3.4) on a whole server:
 * beside our own API and at a port of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OriginalSurfaceTest {

  private static final String PASSWORD = "pass & word";
  private static final String KEY = "a-secret-key-of-some-length";
  private static final String API = "/api/v1/simulation";

  private static final String ESDL =
      """
      <esdl:EnergySystem xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xmlns:esdl="http://www.tno.nl/esdl" id="system"><instance id="i"><area id="a">
        <asset xsi:type="esdl:PVInstallation" id="pv"/></area></instance></esdl:EnergySystem>
      """;

  private static final String UNAUTHENTICATED = "{\"detail\":\"Not authenticated\"}";
  private static final String INVALID = "{\"detail\":\"Could not validate credentials\"}";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final int port = freePort();
  private final TestServer server =
      TestServer.start(
          "SIMULATION_SURFACE_PORT",
          String.valueOf(port),
          "OAUTH_PASSWORD",
          PASSWORD,
          "SECRET_KEY",
          KEY);

  @BeforeAll
  void addImages() {
    server.awaitReady();
    server.app().images().add(new Image("pv:1", List.of("sleep", "600"), "", Map.of()));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  // ---- every row

  /**
   * A request and what the original answers.
   *
   * @param token empty for none
   * @param body regular expression for the whole body
   * @param header one that the answer has, as {@code name: value}; empty for none
   */
  private record Row(
      String name,
      String method,
      String path,
      String token,
      String type,
      String sent,
      int status,
      String body,
      String header) {}

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    rows.add(
        login(
            "a token for the password",
            "username=DotsUser&password=pass+%26+word",
            200,
            "\\{\"access_token\":\"[\\w-]+\\.[\\w-]+\\.[\\w-]+\",\"token_type\":\"bearer\"\\}"));
    rows.add(
        login(
            "optional fields of a login",
            "grant_type=password&scope=&client_id=x&client_secret=y"
                + "&username=DotsUser&password=pass+%26+word",
            200,
            ".*\"bearer\"\\}"));
    rows.add(
        login(
            "a login without fields",
            "",
            422,
            literally("{\"detail\":[" + missing("username") + "," + missing("password") + "]}")));
    rows.add(
        new Row(
            "a wrong password",
            "POST",
            API + "/token",
            "",
            FORM,
            "username=DotsUser&password=x",
            401,
            literally("{\"detail\":\"Incorrect username or password\"}"),
            "WWW-Authenticate: Bearer"));
    for (String route : List.of("POST /start", "POST /queue", "GET /x", "GET /", "DELETE /x")) {
      String[] words = route.split(" ", 2);
      rows.add(refused("no token", words[0], words[1], "", UNAUTHENTICATED));
      rows.add(refused("no such token", words[0], words[1], "nonsense", INVALID));
      rows.add(
          refused("an expired token", words[0], words[1], token(KEY, "DotsUser", -1), INVALID));
      rows.add(
          refused(
              "somebody's signature", words[0], words[1], token("x", "DotsUser", 600), INVALID));
      rows.add(refused("another user", words[0], words[1], token(KEY, "Somebody", 600), INVALID));
    }
    String token = token(KEY, "DotsUser", 600);
    for (String verb : List.of("/start", "/queue")) {
      rows.add(
          json(
              verb + " without the keys that have no default",
              verb,
              "{}",
              422,
              literally(
                  "{\"detail\":["
                      + missing("calculation_services")
                      + ","
                      + missing("esdl_base64string")
                      + "]}")));
      rows.add(
          json(
              verb + " with a number that is none",
              verb,
              request("\"time_step_seconds\": \"x\","),
              422,
              literally(
                  "{\"detail\":[{\"loc\":[\"body\",\"time_step_seconds\"],"
                      + "\"msg\":\"value is not a valid integer\",\"type\":\"type_error.integer\"}]}")));
      rows.add(
          json(
              verb + " with a body that is no JSON",
              verb,
              "{\"name\": }",
              422,
              "\\{\"detail\":\\[\\{\"loc\":\\[\"body\",\\d+\\],.*\"type\":\"value_error.jsondecode\".*"));
      rows.add(
          json(
              verb + " with an ESDL that cannot be read",
              verb,
              "{\"calculation_services\": [{\"service_image_url\": \"pv:1\"}],"
                  + " \"esdl_base64string\": \"YQ\"}",
              422,
              "\\{\"detail\":\\[\\{\"loc\":\\[\"body\",\"esdl_base64string\"\\].*"));
    }
    rows.add(
        row(
            "an unknown simulation",
            "GET",
            "/no%20such",
            token,
            404,
            literally("{\"detail\":\"Simulation with ID 'no such' not found\"}"),
            ""));
    rows.add(
        row(
            "an unknown simulation that is to be deleted",
            "DELETE",
            "/nobody",
            token,
            404,
            literally("{\"detail\":\"Simulation with ID nobody not found\"}"),
            ""));
    rows.add(
        row(
            "a wrong method",
            "PUT",
            "/x",
            token,
            405,
            literally("{\"detail\":\"Method Not Allowed\"}"),
            ""));
    rows.add(
        row("a path without its slash", "GET", "", token, 307, "", "Location: {base}" + API + "/"));
    rows.add(
        row(
            "a path with a slash too many",
            "POST",
            "/start/",
            token,
            307,
            "",
            "Location: {base}" + API + "/start"));
    rows.add(
        row(
            "a path that there is not",
            "GET",
            "/a/b/c",
            token,
            404,
            literally("{\"detail\":\"Not Found\"}"),
            ""));
    return rows;
  }

  @TestFactory
  List<DynamicTest> everyRowIsAnsweredAsTheOriginalDoes() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Row row : rows()) {
      for (URI base : bases()) {
        String where = base.getPort() == port ? "at its own port" : "beside ours";
        tests.add(
            dynamicTest(
                "%s: %s %s, %s".formatted(row.name(), row.method(), row.path(), where),
                () -> check(row, base)));
      }
    }
    return tests;
  }

  private void check(Row row, URI base) throws Exception {
    HttpResponse<String> answer =
        send(base, row.method(), row.path(), row.token(), row.type(), row.sent());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(row.status());
    assertThat(answer.body()).matches("(?s)" + row.body());
    if (!row.header().isEmpty()) {
      String[] header = row.header().split(": ", 2);
      assertThat(answer.headers().firstValue(header[0]))
          .contains(header[1].replace("{base}", base.toString()));
    }
  }

  @Test
  void itsOwnPortDescribesItself() throws Exception {
    URI own = bases().getLast();
    assertThat(send(own, "GET", "/", "", "", "").body()).contains("href=\"/docs\"");
    for (String path : List.of("/docs", "/redoc")) {
      HttpResponse<String> page = send(own, "GET", path, "", "", "");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("<!DOCTYPE html>").doesNotContain("https://");
    }
    JsonNode api = TestServer.JSON.readTree(send(own, "GET", "/openapi.json", "", "", "").body());
    assertThat(
            api.at("/components/securitySchemes/OAuth2PasswordBearer/flows/password/tokenUrl")
                .asString())
        .isEqualTo(API + "/token");
    assertThat(api.get("paths").propertyNames()).contains(API + "/start", API + "/{simulation_id}");
  }

  // ---- defaults, states and their texts

  @Test
  void whatIsMissingHasItsDefaultAndEveryStateItsText() throws Exception {
    JsonNode started = started("/start", request("\"nr_of_time_steps\": 2,"));
    assertThat(started.propertyNames())
        .containsExactly(
            "name",
            "start_date",
            "time_step_seconds",
            "nr_of_time_steps",
            "max_step_calc_time_minutes",
            "keep_logs_hours",
            "log_level",
            "calculation_services",
            "esdl_base64string",
            "simulation_id",
            "simulation_status",
            "calculation_start_datetime",
            "calculation_end_datetime",
            "calculation_duration");
    assertThat(started.toString())
        .startsWith(
            "{\"name\":\"simulation name\",\"start_date\":\"2023-01-25T00:00:00\","
                + "\"time_step_seconds\":3600,\"nr_of_time_steps\":2,"
                + "\"max_step_calc_time_minutes\":10.0,\"keep_logs_hours\":24.0,"
                + "\"log_level\":\"info\",\"calculation_services\":["
                + "{\"esdl_type\":\"PVInstallation\","
                + "\"calc_service_name\":\"pvinstallation_service\","
                + "\"service_image_url\":\"pv:1\",\"nr_of_models\":1}],")
        .contains("\"calculation_end_datetime\":null");
    String id = started.get("simulation_id").asString();
    assertThat(id).matches("simulation-name-[0-9a-f]{8}");
    try (Wire models = server.wire()) {
      awaitText(id, "all models registered");
      awaitModel(id);
      models.publish(
          "/lifecycle/model/mso/%s/pvinstallation-service-1/ReadyForProcessing".formatted(id),
          new byte[0]);
      awaitText(id, "all models deployed");
      ask(id, "pause");
      say(models, id, "Parameterized");
      awaitText(id, "all models parameterized");
      ask(id, "resume");
      awaitText(id, "Calculating time step 1 (of 2)");
      ask(id, "pause");
      say(models, id, "CalculationsDone");
      awaitText(id, "finished calculation step");
      ask(id, "resume");
      awaitText(id, "Calculating time step 2 (of 2)");
      say(models, id, "CalculationsDone");
      awaitText(id, "the simulation terminated successfully");
    }
    JsonNode over = shown(bases().getFirst(), id);
    assertThat(over.get("calculation_end_datetime").isString()).isTrue();
    assertThat(over.get("calculation_duration").isNumber()).isTrue();
  }

  @Test
  void whatWasDeletedIsForgottenHereAlsoAfterARestartAndKeptByUs() throws Exception {
    String id =
        started("/queue", request("").replace("pv:1", "nobody-knows:1"))
            .get("simulation_id")
            .asString();
    awaitText(id, "(a) model(s) terminated with an error, the simulation has been terminated");
    assertThat(send(bases().getLast(), "DELETE", API + "/" + id, token(), "", "").statusCode())
        .isEqualTo(200);
    assertForgotten(id);
    server.leave();
    server.comeBack();
    server.awaitReady();
    assertForgotten(id);
    assertThat(server.get("/simulations/" + id).get("outcome").asString()).isEqualTo("failed");
  }

  private void assertForgotten(String id) throws Exception {
    for (URI base : bases()) {
      assertThat(send(base, "GET", API + "/" + id, token(), "", "").statusCode()).isEqualTo(404);
      assertThat(send(base, "DELETE", API + "/" + id, token(), "", "").statusCode()).isEqualTo(404);
      HttpResponse<String> list = send(base, "GET", API + "/", token(), "", "");
      assertThat(list.statusCode()).isEqualTo(200);
      assertThat(list.body()).startsWith("{\"simulations\":[").doesNotContain(id);
    }
  }

  private JsonNode started(String verb, String body) throws Exception {
    HttpResponse<String> answer =
        send(bases().getFirst(), "POST", API + verb, token(), "application/json", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return TestServer.JSON.readTree(answer.body());
  }

  private JsonNode shown(URI base, String id) throws Exception {
    return TestServer.JSON.readTree(send(base, "GET", API + "/" + id, token(), "", "").body());
  }

  private void awaitText(String id, String text) {
    for (URI base : bases()) {
      TestServer.await(
          text,
          () -> {
            try {
              return shown(base, id).get("simulation_status").asString().equals(text);
            } catch (Exception failed) {
              throw new AssertionError(failed);
            }
          });
    }
  }

  /** A model is heard when it has a record. */
  private void awaitModel(String id) {
    String path = "/api/v1/models/dots-so~%s~1~pvinstallation-service-1".formatted(id);
    TestServer.await(
        "the model is known",
        () -> {
          try {
            return server.send("GET", path, "").statusCode() == 200;
          } catch (Exception failed) {
            throw new AssertionError(failed);
          }
        });
  }

  private void ask(String id, String verb) throws Exception {
    HttpResponse<String> answer = server.send("POST", "/api/v1/simulations/" + id + "/" + verb, "");
    assertThat(answer.statusCode() / 100).as(answer.body()).isEqualTo(2);
  }

  private static void say(Wire models, String id, String what) throws Exception {
    models.publish(
        "/lifecycle/model/dots-so/%s/pvinstallation-service-1/%s".formatted(id, what), new byte[0]);
  }

  // ---- words

  private List<URI> bases() {
    return List.of(
        URI.create("http://127.0.0.1:" + server.uri("/").getPort()),
        URI.create("http://127.0.0.1:" + port));
  }

  private HttpResponse<String> send(
      URI base, String method, String path, String token, String type, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(TestServer.SOON)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return server.http().send(request.build(), BodyHandlers.ofString());
  }

  private static Row login(String name, String form, int status, String body) {
    return new Row(name, "POST", API + "/token", "", FORM, form, status, body, "");
  }

  private static Row refused(String name, String method, String path, String token, String body) {
    return new Row(
        name, method, API + path, token, "", "", 401, literally(body), "WWW-Authenticate: Bearer");
  }

  private static Row json(String name, String verb, String sent, int status, String body) {
    return new Row(name, "POST", API + verb, token(), "application/json", sent, status, body, "");
  }

  private static Row row(
      String name,
      String method,
      String path,
      String token,
      int status,
      String body,
      String header) {
    return new Row(name, method, API + path, token, "", "", status, body, header);
  }

  private static String missing(String field) {
    return "{\"loc\":[\"body\",\"%s\"],\"msg\":\"field required\",\"type\":\"value_error.missing\"}"
        .formatted(field);
  }

  private static String literally(String text) {
    return java.util.regex.Pattern.quote(text);
  }

  private static String request(String members) {
    return "{%s \"calculation_services\": [{\"service_image_url\": \"pv:1\"}], \"esdl_base64string\": \"%s\"}"
        .formatted(
            members, Base64.getEncoder().encodeToString(ESDL.getBytes(StandardCharsets.UTF_8)));
  }

  private static String token() {
    return token(KEY, "DotsUser", 600);
  }

  /** A token as the original signs it, made without any of ours. */
  private static String token(String key, String subject, long secondsLeft) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String claims =
        "{\"sub\":\"%s\",\"exp\":%d}"
            .formatted(subject, Instant.now().getEpochSecond() + secondsLeft);
    String signed =
        encoder.encodeToString(
                "{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8))
            + "."
            + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return signed
          + "."
          + encoder.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new java.io.UncheckedIOException(none);
    }
  }
}
