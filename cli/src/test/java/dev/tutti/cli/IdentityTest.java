package dev.tutti.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.cli.FakeServer.Reply;
import dev.tutti.cli.Tutti.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdentityTest {
  private static final String USER =
      "{\"name\":\"anna\",\"role\":\"operator\",\"created\":\"2026-11-20T12:00:00Z\","
          + "\"passwordSet\":\"2026-11-21T11:00:00Z\"}";
  private static final String TOKEN =
      "{\"name\":\"ci\",\"role\":\"viewer\",\"user\":null,\"created\":\"2026-11-21T11:59:00Z\","
          + "\"lastUsed\":null,\"expires\":\"2026-11-22T12:00:00Z\"}";
  private static final String GIVEN = "{\"token\":\"tutti_abc\",\"details\":" + TOKEN + "}";

  private final FakeServer server = new FakeServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void passwordOfANewUserComesFromStandardInputAndIsNotShown() {
    server.on("POST /users", Reply.json(USER));
    Outcome outcome =
        Tutti.of(server)
            .typing("correct horse battery\nmore\n")
            .run("user", "add", "anna", "--role", "operator");
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(0);
    assertThat(outcome.out()).isEqualTo("anna may sign in as operator\n");
    assertThat(outcome.err()).isEmpty();
    assertThat(server.asked().getFirst().body())
        .isEqualTo(
            "{\"name\":\"anna\",\"role\":\"operator\",\"password\":\"correct horse battery\"}");
  }

  @Test
  void passwordIsNoArgument() {
    Outcome outcome =
        Tutti.of(server).run("user", "add", "anna", "--role", "operator", "--password", "x");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void passwordIsSetAndUsersAreListedAndRemoved() {
    server
        .on("PUT /users/anna/password", Reply.nothing())
        .on("GET /users?limit=1000", Reply.json("{\"items\":[" + USER + "],\"next\":null}"))
        .on("DELETE /users/anna", Reply.nothing());
    Tutti tutti = Tutti.of(server).typing("another password");
    assertThat(tutti.run("user", "password", "anna").out()).isEqualTo("anna has a new password\n");
    assertThat(server.asked().getFirst().body()).isEqualTo("{\"password\":\"another password\"}");
    assertThat(tutti.run("user", "ls").out())
        .isEqualTo(
            """
            USER  ROLE      AGE  PASSWORD SET
            anna  operator  24h  60m ago
            """);
    assertThat(tutti.run("user", "rm", "anna").out()).isEqualTo("anna may not sign in any more\n");
  }

  @Test
  void ownPasswordIsSetWithTheOldOne() {
    server.on("PUT /password", Reply.nothing());
    Outcome outcome =
        Tutti.of(server).typing("the old one\na password of mine\n").run("user", "password");
    assertThat(outcome.out()).as(outcome.err()).isEqualTo("you have a new password\n");
    assertThat(server.asked().getFirst().body())
        .isEqualTo("{\"old\":\"the old one\",\"password\":\"a password of mine\"}");
  }

  @Test
  void tokenIsPrintedAloneSoThatAScriptCanTakeIt() {
    server.on("POST /tokens", Reply.json(GIVEN));
    Outcome outcome =
        Tutti.of(server).run("token", "add", "ci", "--role", "viewer", "--expires", "30d");
    assertThat(outcome.out()).as(outcome.err()).isEqualTo("tutti_abc\n");
    assertThat(outcome.err()).contains("shown once");
    assertThat(server.asked().getFirst().body())
        .isEqualTo("{\"name\":\"ci\",\"role\":\"viewer\",\"lifetimeSeconds\":2592000}");
  }

  @Test
  void tokensAreListedAndTakenBack() {
    server
        .on("GET /tokens?limit=1000", Reply.json("{\"items\":[" + TOKEN + "],\"next\":null}"))
        .on("DELETE /tokens/ci", Reply.nothing());
    assertThat(Tutti.of(server).run("token", "ls").out())
        .isEqualTo(
            """
            TOKEN  ROLE    USER  AGE  LAST USED  EXPIRES
            ci     viewer        60s             in 24h
            """);
    assertThat(Tutti.of(server).run("token", "rm", "ci").out())
        .isEqualTo("ci lets nobody in any more\n");
  }

  @Test
  void signInPrintsTheToken() {
    server.on("POST /sign-in", Reply.json(GIVEN));
    Outcome outcome = Tutti.of(server).typing("correct horse battery\n").run("sign-in", "anna");
    assertThat(outcome.out()).as(outcome.err()).isEqualTo("tutti_abc\n");
    assertThat(server.asked().getFirst().body())
        .isEqualTo("{\"name\":\"anna\",\"password\":\"correct horse battery\"}");
  }

  @Test
  void fileWithoutCertificatesIsSaidBeforeAnybodyIsAsked(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("ca.pem"), "nothing");
    Outcome outcome =
        new Tutti()
            .with("TUTTI_TOKEN", "secret")
            .run("model", "ls", "--server", "https://127.0.0.1:1", "--ca-file", file.toString());
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("no certificates to trust in " + file, "TUTTI_CA_FILE");
  }
}
