package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Method;
import dev.tutti.core.surface.Role;
import dev.tutti.core.surface.Surface;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Who may do what on a running server: every route with every role, and how roles are given. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesTest {

  private static final String PASSWORD = "correct horse battery";

  private final TestServer server = TestServer.start();
  private final Map<Role, String> tokens = new EnumMap<>(Role.class);

  @BeforeAll
  void giveTokens() throws Exception {
    for (Role role : List.of(Role.VIEWER, Role.OPERATOR, Role.ADMIN)) {
      tokens.put(role, token(role.word() + "-of-the-test", role));
    }
  }

  @AfterAll
  void close() {
    server.close();
  }

  private String token(String name, Role role) throws Exception {
    String body = "{\"name\":\"%s\",\"role\":\"%s\"}".formatted(name, role.word());
    HttpResponse<String> given = server.send("POST", "/api/v1/tokens", body);
    assertThat(given.statusCode()).as(given.body()).isEqualTo(201);
    return json(given).get("token").asString();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return TestServer.JSON.readTree(answer.body());
  }

  /** The status alone: some answers never end. */
  private int status(Method method, String path, String token) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(path))
            .timeout(TestServer.SOON)
            .method(method.name(), HttpRequest.BodyPublishers.noBody());
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<InputStream> answer =
        server.http().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    answer.body().close();
    return answer.statusCode();
  }

  private HttpResponse<String> as(String token, String method, String path, String body)
      throws Exception {
    return server.send(method, "/api/v1" + path, body, "Authorization", "Bearer " + token);
  }

  @Test
  void everyRouteLetsInItsRoleAndThoseAboveAndNobodyElse() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    int walked = 0;
    for (Surface surface : server.app().surfaces()) {
      for (Endpoint endpoint : surface.endpoints()) {
        String path = (surface.base() + endpoint.path()).replaceAll("\\{[^}]*}", "nobody");
        String route = endpoint.method() + " " + path;
        for (Role role : Role.values()) {
          int status = status(endpoint.method(), path, tokens.getOrDefault(role, ""));
          int refused = role == Role.ANYONE ? 401 : 403;
          if (role.includes(endpoint.role())) {
            softly.assertThat(status).as("%s as %s", route, role).isNotIn(401, 403);
          } else {
            softly.assertThat(status).as("%s as %s", route, role).isEqualTo(refused);
          }
        }
        walked++;
      }
    }
    softly.assertAll();
    assertThat(walked).isGreaterThan(60);
  }

  /** A new one needs a reason, and a line here. */
  @Test
  void onlyThesePathsAreOpenToAnyone() {
    TreeSet<String> open = new TreeSet<>();
    for (Surface surface : server.app().surfaces()) {
      for (Endpoint endpoint : surface.endpoints()) {
        if (endpoint.role() == Role.ANYONE) {
          open.add(surface.base() + endpoint.path());
        }
      }
    }
    assertThat(open)
        .containsExactly(
            "/api/v1/sign-in",
            "/api/v1/simulation",
            "/api/v1/simulation/queue/",
            "/api/v1/simulation/start/",
            "/api/v1/simulation/token",
            "/api/v1/simulation/token/",
            "/docs",
            "/healthz",
            "/metrics",
            "/openapi.json",
            "/readyz");
  }

  @Test
  void onlyAdminsSayWhichProgramsMayRunAndWhoMayDoWhat() {
    TreeSet<String> ofAdmins = new TreeSet<>();
    for (Surface surface : server.app().surfaces()) {
      for (Endpoint endpoint : surface.endpoints()) {
        if (endpoint.role() == Role.ADMIN) {
          ofAdmins.add(endpoint.method() + " " + endpoint.path());
        }
      }
    }
    assertThat(ofAdmins)
        .contains(
            "DELETE /images/{reference}",
            "DELETE /tokens/{name}",
            "DELETE /users/{name}",
            "GET /backup",
            "GET /tokens",
            "GET /users",
            "POST /tokens",
            "POST /users",
            "PUT /images/{reference}",
            "PUT /users/{name}/password");
  }

  @Test
  void personSignsInWithAPasswordAndOutAgain() throws Exception {
    String anna =
        "{\"name\":\"anna\",\"role\":\"operator\",\"password\":\"%s\"}".formatted(PASSWORD);
    HttpResponse<String> added = server.send("POST", "/api/v1/users", anna);
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    assertThat(added.body()).doesNotContain(PASSWORD, "argon2");
    assertThat(server.send("POST", "/api/v1/users", anna).statusCode()).isEqualTo(409);

    assertThat(signIn("anna", "another password").statusCode()).isEqualTo(401);
    assertThat(withoutTrace(signIn("nobody", PASSWORD)))
        .isEqualTo(withoutTrace(signIn("anna", "wrong again")));
    String token = json(signIn("anna", PASSWORD)).get("token").asString();
    assertThat(as(token, "GET", "/models", "").statusCode()).isEqualTo(200);
    assertThat(as(token, "GET", "/users", "").statusCode()).isEqualTo(403);
    assertThat(server.get("/tokens").get("items").toString()).contains("\"user\":\"anna\"");

    assertThat(as(token, "POST", "/sign-out", "").statusCode()).isEqualTo(204);
    assertThat(as(token, "GET", "/models", "").statusCode()).isEqualTo(401);

    String another = json(signIn("anna", PASSWORD)).get("token").asString();
    String changed = "{\"password\":\"a new password\"}";
    assertThat(server.send("PUT", "/api/v1/users/anna/password", changed).statusCode())
        .isEqualTo(204);
    assertThat(as(another, "GET", "/models", "").statusCode()).isEqualTo(401);
    assertThat(signIn("anna", PASSWORD).statusCode()).isEqualTo(401);
    String third = json(signIn("anna", "a new password")).get("token").asString();
    assertThat(server.send("DELETE", "/api/v1/users/anna", "").statusCode()).isEqualTo(204);
    assertThat(as(third, "GET", "/models", "").statusCode()).isEqualTo(401);
    assertThat(signIn("anna", "a new password").statusCode()).isEqualTo(401);
  }

  private static String withoutTrace(HttpResponse<String> answer) {
    return answer.body().replaceFirst("\"trace\":\"[0-9a-f]{32}\"", "");
  }

  @Test
  void personSetsTheirOwnPasswordAndOnlyThatSignInGoesOn() throws Exception {
    String body = "{\"name\":\"otto\",\"role\":\"viewer\",\"password\":\"%s\"}".formatted(PASSWORD);
    assertThat(server.send("POST", "/api/v1/users", body).statusCode()).isEqualTo(201);
    String here = json(signIn("otto", PASSWORD)).get("token").asString();
    String elsewhere = json(signIn("otto", PASSWORD)).get("token").asString();

    String wrong = "{\"old\":\"not that one\",\"password\":\"a newer password\"}";
    HttpResponse<String> refused = as(here, "PUT", "/password", wrong);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("The old password is wrong.");
    String right = "{\"old\":\"%s\",\"password\":\"a newer password\"}".formatted(PASSWORD);
    assertThat(
            as(here, "PUT", "/password", right.replace("a newer password", "short")).statusCode())
        .isEqualTo(400);
    assertThat(as(elsewhere, "GET", "/models", "").statusCode()).isEqualTo(200);

    assertThat(as(here, "PUT", "/password", right).statusCode()).isEqualTo(204);
    assertThat(as(here, "GET", "/models", "").statusCode()).isEqualTo(200);
    assertThat(as(elsewhere, "GET", "/models", "").statusCode()).isEqualTo(401);
    assertThat(signIn("otto", PASSWORD).statusCode()).isEqualTo(401);
    assertThat(signIn("otto", "a newer password").statusCode()).isEqualTo(200);
    HttpResponse<String> ofToken =
        as(tokens.getOrDefault(Role.OPERATOR, ""), "PUT", "/password", right);
    assertThat(ofToken.statusCode()).isEqualTo(409);
    assertThat(ofToken.body()).contains("tutti sign-in NAME");

    server.leave();
    server.comeBack();
    assertThat(as(here, "GET", "/models", "").statusCode()).isEqualTo(200);
    server.send("DELETE", "/api/v1/users/otto", "");
  }

  @Test
  void originalsTokenRouteLetsInOurUsersWhoMayStartSimulations() throws Exception {
    for (String role : List.of("operator", "viewer")) {
      String body =
          "{\"name\":\"the-%s\",\"role\":\"%s\",\"password\":\"%s\"}"
              .formatted(role, role, PASSWORD);
      assertThat(server.send("POST", "/api/v1/users", body).statusCode()).isEqualTo(201);
    }
    HttpResponse<String> given = originalToken("the-operator", PASSWORD);
    assertThat(given.statusCode()).as(given.body()).isEqualTo(200);
    assertThat(json(given).get("token_type").asString()).isEqualTo("bearer");
    String token = json(given).get("access_token").asString();
    assertThat(as(token, "GET", "/simulation/", "").statusCode()).isEqualTo(200);
    assertThat(as(token, "GET", "/models", "").statusCode()).isEqualTo(200);
    for (HttpResponse<String> refused :
        List.of(
            originalToken("the-viewer", PASSWORD),
            originalToken("the-operator", "another password"),
            originalToken("nobody", PASSWORD))) {
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.body()).isEqualTo("{\"detail\":\"Incorrect username or password\"}");
    }
  }

  private HttpResponse<String> originalToken(String name, String password) throws Exception {
    return server.send(
        "POST",
        "/api/v1/simulation/token",
        "username=%s&password=%s".formatted(name, password.replace(" ", "+")),
        "Content-Type",
        "application/x-www-form-urlencoded",
        "Authorization",
        "");
  }

  private HttpResponse<String> signIn(String name, String password) throws Exception {
    return server.send(
        "POST",
        "/api/v1/sign-in",
        "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(name, password),
        "Authorization",
        "");
  }

  @Test
  void tokenIsTakenBackAndSurvivesARestartUntilThen() throws Exception {
    String ci = token("ci", Role.OPERATOR);
    assertThat(as(ci, "GET", "/models", "").statusCode()).isEqualTo(200);
    server.leave();
    server.comeBack();
    assertThat(as(ci, "GET", "/models", "").statusCode()).isEqualTo(200);
    assertThat(server.get("/tokens").get("items").toString())
        .contains("\"name\":\"ci\"", "\"name\":\"first\"")
        .doesNotContain(ci);
    assertThat(server.send("DELETE", "/api/v1/tokens/ci", "").statusCode()).isEqualTo(204);
    assertThat(as(ci, "GET", "/models", "").statusCode()).isEqualTo(401);
    assertThat(server.send("DELETE", "/api/v1/tokens/ci", "").statusCode()).isEqualTo(404);
    assertThat(server.send("DELETE", "/api/v1/tokens/first", "").statusCode()).isEqualTo(409);
  }

  @Test
  void whatIsWrongWithARequestIsSaidAllAtOnceWithoutThePassword() throws Exception {
    HttpResponse<String> wrong =
        server.send(
            "POST",
            "/api/v1/users",
            "{\"name\":\"Anna B\",\"role\":\"operater\",\"password\":\"short\"}");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(json(wrong).get("detail").asString())
        .contains(
            "name: has to be", "role: has to be one of viewer, operator, admin", "'operator'?")
        .contains("password: has to have 10 to 1000 characters")
        .doesNotContain("short");
    HttpResponse<String> never =
        server.send(
            "POST", "/api/v1/tokens", "{\"name\":\"x\",\"role\":\"viewer\",\"lifetimeSeconds\":0}");
    assertThat(never.statusCode()).isEqualTo(400);
  }

  @Test
  void eventsTellWhoChangedWhatAndWhoWasNotAllowedTo() throws Exception {
    String operator = tokens.getOrDefault(Role.OPERATOR, "");
    as(operator, "POST", "/models/unheard-of/stop", "");
    as(operator, "PUT", "/images/evil", "{\"command\":[\"/bin/sh\"]}");
    as(operator, "GET", "/models", "");
    List<String> told = new ArrayList<>();
    server
        .get("/events?owner=audit:requests&limit=1000")
        .get("items")
        .forEach(event -> told.add(event.get("message").asString()));
    assertThat(told)
        .contains(
            "token:operator-of-the-test (operator) from 127.0.0.1: POST"
                + " /api/v1/models/unheard-of/stop gave 404.",
            "token:operator-of-the-test (operator) from 127.0.0.1: PUT /api/v1/images/evil gave"
                + " 403.")
        .noneMatch(line -> line.contains(" GET "));
  }
}
