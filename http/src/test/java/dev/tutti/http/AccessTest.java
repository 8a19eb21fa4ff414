package dev.tutti.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Method;
import dev.tutti.core.surface.Role;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessTest {

  private static final String TOKEN = "a-Token_of.this~server";

  private Running running;

  @BeforeAll
  void start() {
    HttpSettings settings =
        new HttpSettings(
            "127.0.0.1",
            0,
            Optional.of(TOKEN),
            Set.of("Tutti.Example"),
            Duration.ofSeconds(15),
            HttpLimits.defaults());
    running =
        Running.with(
            settings,
            Running.get("/private", _ -> Answer.noContent()),
            new Endpoint(
                Method.GET,
                "/public",
                "For tests.",
                Role.ANYONE,
                Void.class,
                Void.class,
                _ -> Answer.noContent()));
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
        .contains("token=set")
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
