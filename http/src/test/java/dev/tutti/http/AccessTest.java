package dev.tutti.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Audit;
import dev.tutti.core.surface.Caller;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Method;
import dev.tutti.core.surface.Role;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessTest {

  private static final String TOKEN = "a-Token_of.this~server";

  private final Queue<Audit.Act> acts = new ConcurrentLinkedQueue<>();
  private Running running;

  @BeforeAll
  void start() {
    HttpSettings settings =
        HttpSettings.loopback(0)
            .withCallers(AccessTest::caller)
            .withNames(Set.of("Tutti.Example"))
            .withAudit(acts::add);
    running =
        Running.with(
            settings,
            Running.get("/private", _ -> Answer.noContent()),
            Running.get(
                "/who",
                r ->
                    new Answer.Text(
                        200,
                        "text/plain",
                        "%s %s %s".formatted(r.caller().name(), r.caller().role(), r.address()))),
            endpoint("/public", Role.ANYONE),
            endpoint("/change", Role.OPERATOR),
            endpoint("/rule", Role.ADMIN),
            Running.echo("/things", Thing.class).only(Role.OPERATOR));
  }

  private static Optional<Caller> caller(String token) {
    return switch (token) {
      case TOKEN -> Optional.of(new Caller("root", Role.ADMIN));
      case "an-operator" -> Optional.of(new Caller(token, Role.OPERATOR));
      case "a-viewer" -> Optional.of(new Caller(token, Role.VIEWER));
      default -> Optional.empty();
    };
  }

  private static Endpoint endpoint(String path, Role role) {
    return new Endpoint(
        Method.GET, path, "For tests.", role, Void.class, Void.class, _ -> Answer.noContent());
  }

  @AfterAll
  void stop() {
    running.close();
  }

  @Test
  void tokenOpensTheDoor() throws Exception {
    assertThat(status("GET /api/v1/private", "Authorization: Bearer " + TOKEN)).isEqualTo(204);
    assertThat(status("GET /api/v1/private", "authorization: bearer  " + TOKEN)).isEqualTo(204);
  }

  @Test
  void roleOpensWhatItMayAndWhatTheOnesBelowItMay() throws Exception {
    Map<String, List<Integer>> may =
        Map.of(
            "a-viewer",
            List.of(204, 403, 403),
            "an-operator",
            List.of(204, 204, 403),
            TOKEN,
            List.of(204, 204, 204));
    for (var each : may.entrySet()) {
      List<Integer> answers = new ArrayList<>();
      for (String path : List.of("/private", "/change", "/rule")) {
        answers.add(status("GET /api/v1" + path, "Authorization: Bearer " + each.getKey()));
      }
      assertThat(answers).as(each.getKey()).isEqualTo(each.getValue());
    }
  }

  @Test
  void roleThatIsTooLowIsExplained() throws Exception {
    var response =
        running.send(running.request("/api/v1/rule").header("Authorization", "Bearer a-viewer"));
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body())
        .contains(
            "urn:tutti:problem:role-too-low",
            "This is for the role admin; 'a-viewer' has the role viewer.",
            "tutti token add NAME --role admin");
  }

  @Test
  void endpointKnowsWhoCallsAndFromWhere() throws Exception {
    var response =
        running.send(running.request("/api/v1/who").header("Authorization", "Bearer a-viewer"));
    assertThat(response.body()).isEqualTo("a-viewer VIEWER 127.0.0.1");
  }

  private record Thing(String word) {}

  @Test
  void whoChangesSomethingOrIsNotAllowedToIsRemembered() throws Exception {
    acts.clear();
    for (String token : List.of("an-operator", "a-viewer", "nobody")) {
      for (String body : List.of("{\"word\":\"x\"}", "{}")) {
        running.send(
            running
                .request("/api/v1/things?secret=1")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
      }
    }
    assertThat(status("GET /api/v1/private", "Authorization: Bearer a-viewer")).isEqualTo(204);
    assertThat(acts)
        .extracting(act -> act.caller().name() + " " + act.status())
        .containsExactly("an-operator 200", "an-operator 400", "a-viewer 403", "a-viewer 403");
    assertThat(acts)
        .allSatisfy(act -> {
          assertThat(act.address()).isEqualTo("127.0.0.1");
          assertThat(act.route()).isEqualTo("/api/v1/things");
          assertThat(act.object()).isEqualTo("/api/v1/things");
        });
  }

  @Test
  void publicEndpointNeedsNoToken() throws Exception {
    assertThat(status("GET /api/v1/public")).isEqualTo(204);
  }

  @Test
  void missingTokenIsExplained() throws Exception {
    var response = running.get("/api/v1/private");
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer realm=\"tutti\"");
    assertThat(response.body())
        .contains("urn:tutti:problem:token-required", "file `token` in the data folder");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer wrong",
        "Bearer ",
        "Bearer",
        "Bearer a-Token_of.this~serve",
        "Bearer a-Token_of.this~server2",
        "Bearer a-Token_of.this~server x",
        "Basic a-Token_of.this~server",
        "a-Token_of.this~server"
      })
  void wrongTokenIsRefused(String authorization) throws Exception {
    assertThat(status("GET /api/v1/private", "Authorization: " + authorization)).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:7070",
        "127.0.0.1:1",
        "127.1.2.3",
        "[::1]:7070",
        "[::1]",
        "LOCALHOST:80",
        "service.localhost",
        "tutti.example:443"
      })
  void namesOfThisMachineAreServed(String host) throws Exception {
    assertThat(statusFor(host, "X: y")).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example:7070",
        "notlocalhost",
        "10.0.0.1",
        "[::2]"
      })
  void nameThatWasRebondToThisMachineIsRefused(String host) throws Exception {
    assertThat(statusFor(host, "X: y")).isEqualTo(403);
  }

  @Test
  void ownPageMayCall() throws Exception {
    assertThat(statusFor("localhost:7070", "Origin: http://localhost:7070")).isEqualTo(204);
    assertThat(statusFor("tutti.example", "Origin: https://tutti.example")).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "http://localhost:8080",
        "http://localhost",
        "http://localhost:7070.evil.example",
        "null"
      })
  void pageFromElsewhereMayNot(String origin) throws Exception {
    assertThat(statusFor("localhost:7070", "Origin: " + origin)).isEqualTo(403);
  }

  @Test
  void requestWithoutOrWithTwoHostsIsMalformed() throws Exception {
    try (RawClient client = running.raw()) {
      client.say("GET /api/v1/public HTTP/1.1\r\n\r\n");
      assertThat(client.hearAll()).startsWith("HTTP/1.1 400");
    }
    assertThat(status("GET /api/v1/public", "Host: evil.example")).isEqualTo(400);
  }

  @Test
  void tokenDoesNotShowInTheSettings() {
    assertThat(HttpSettings.loopback(0).withToken(TOKEN).toString())
        .contains("by token")
        .doesNotContain(TOKEN);
  }

  private int status(String line, String... headers) throws Exception {
    try (RawClient client = running.raw()) {
      return code(client.ask(line, headers));
    }
  }

  private int statusFor(String host, String header) throws Exception {
    try (RawClient client = running.raw()) {
      return code(
          client.say(
              "GET /api/v1/public HTTP/1.1\r\nHost: %s\r\n%s\r\n\r\n".formatted(host, header)));
    }
  }

  private static int code(RawClient client) throws Exception {
    return Integer.parseInt(client.hearUntil("\r\n"), 9, 12, 10);
  }
}
