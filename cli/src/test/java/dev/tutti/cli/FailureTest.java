package dev.tutti.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.cli.FakeServer.Reply;
import dev.tutti.cli.Tutti.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FailureTest {
  private static final String MODELS = "GET /models?limit=1000";

  private final FakeServer server = new FakeServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void absentServerExitsWithFour() {
    server.close();

    Outcome outcome = Tutti.of(server).run("model", "ls");

    assertThat(outcome.status()).isEqualTo(4);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            "tutti: no answer from "
                + server.address()
                + ": Connection refused\n"
                + "Is `tutti server` running? Start it, or name another one with --server or"
                + " TUTTI_SERVER.\n");
  }

  @Test
  void wrongTokenExitsWithFour() {
    server.on(MODELS, Reply.problem(401, "unauthorised", "the token is not accepted", null));

    Outcome outcome = Tutti.of(server).run("model", "ls");

    assertThat(outcome.status()).isEqualTo(4);
    assertThat(outcome.err())
        .isEqualTo(
            """
            tutti: the token is not accepted
            Give the server's token in TUTTI_TOKEN, or its data folder with --data.
            """);
  }

  @Test
  void wrongTokenIsAsClearWhereSomethingIsSent() {
    Reply reply = Reply.problem(401, "unauthorised", "the token is not accepted", null);
    server.on("POST /models/a~b~1~c/stop", reply).on("PUT /images/a", reply);

    assertThat(Tutti.of(server).run("model", "stop", "a~b~1~c").err())
        .contains("the token is not accepted");
    assertThat(Tutti.of(server).run("image", "add", "a", "--", "b").err())
        .contains("the token is not accepted");
  }

  @Test
  void missingObjectExitsWithThree() {
    server.on(
        "GET /workloads/w",
        Reply.problem(404, "not-found", "there is no workload w", "Look at /workloads."));

    Outcome outcome = Tutti.of(server).run("workload", "get", "w");

    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err()).isEqualTo("tutti: there is no workload w\nLook at /workloads.\n");
  }

  @Test
  void refusalExitsWithOneAndSaysWhatTheServerSays() {
    server.on(
        "DELETE /images/x", Reply.problem(409, "conflict", "image x is in use", "Stop it first."));

    Outcome outcome = Tutti.of(server).run("image", "rm", "x");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).isEqualTo("tutti: image x is in use\nStop it first.\n");
  }

  @Test
  void answerThatIsNoProblemIsStillTold() {
    byte[] page = "Bad Gateway\nnginx".getBytes(StandardCharsets.UTF_8);
    server.on(MODELS, new Reply(502, "text/plain", page, false, null));

    Outcome outcome = Tutti.of(server).run("model", "ls");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).contains("answered 502: Bad Gateway").doesNotContain("nginx");
  }

  @Test
  void somethingElseAtTheAddressIsTold() {
    server.on(MODELS, Reply.json("<html>"));

    Outcome outcome = Tutti.of(server).run("model", "ls");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("what is not this API's JSON")
        .contains("Is --server the address of a Tutti server");
  }

  @Test
  void answerThatBreaksOffExitsWithFour() {
    server.on(MODELS, Reply.json("{\"items\":[").thenCut());

    assertThat(Tutti.of(server).run("model", "ls").status()).isEqualTo(4);
  }

  @Test
  void pageThatComesAgainAndAgainDoesNotGoOnForEver() {
    server
        .on(MODELS, Reply.json("{\"items\":[],\"next\":\"a\"}"))
        .on("GET /models?cursor=a&limit=1000", Reply.json("{\"items\":[],\"next\":\"a\"}"));

    Outcome outcome = Tutti.of(server).run("model", "ls");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).contains("gave the same page twice");
  }

  @Test
  void usageExitsWithTwo() {
    Outcome unknownOption = new Tutti().run("model", "ls", "--stat", "failed");
    Outcome missing = new Tutti().run("model", "get");
    Outcome noVerb = new Tutti().run("model");
    Outcome unknownNoun = new Tutti().run("modle", "ls");
    Outcome format = new Tutti().run("model", "ls", "-o", "xml");

    assertThat(unknownOption.status()).isEqualTo(2);
    assertThat(unknownOption.err()).contains("--stat").contains("--state");
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.err()).contains("MODEL").contains("See `tutti model get --help`.");
    assertThat(noVerb.status()).isEqualTo(2);
    assertThat(noVerb.err()).contains("See `tutti model --help`.");
    assertThat(unknownNoun.status()).isEqualTo(2);
    assertThat(unknownNoun.err()).contains("model");
    assertThat(format.status()).isEqualTo(2);
    assertThat(format.err()).contains("xml").contains("YAML");
  }

  @Test
  void addressThatIsNoneExitsWithTwo() {
    Outcome variable = new Tutti().with("TUTTI_SERVER", "not an address").run("model", "ls");
    Outcome scheme = new Tutti().run("model", "ls", "--server", "localhost:7070");

    assertThat(variable.status()).isEqualTo(2);
    assertThat(variable.err()).contains("TUTTI_SERVER is no address");
    assertThat(scheme.status()).isEqualTo(2);
    assertThat(scheme.err()).contains("http://");
  }

  @Test
  void tokenComesFromTheDataFolder(@TempDir Path home) throws IOException {
    Path data = home.resolve(".local").resolve("state").resolve("tutti");
    Files.createDirectories(data);
    Files.writeString(data.resolve("token"), "from the file\n");
    server.on(MODELS, Reply.recorded("models.json"));

    Tutti.of(server).without("TUTTI_TOKEN").home(home).run("model", "ls");
    Tutti.of(server).without("TUTTI_TOKEN").run("model", "ls", "--data", data.toString());
    Tutti.of(server).without("TUTTI_TOKEN").run("--data", data.toString(), "model", "ls");
    Tutti.of(server)
        .without("TUTTI_TOKEN")
        .with("XDG_STATE_HOME", home.resolve(".local").resolve("state").toString())
        .run("model", "ls");
    Tutti.of(server).home(home).run("model", "ls");
    Tutti.of(server).without("TUTTI_TOKEN").run("model", "ls");

    assertThat(server.asked())
        .extracting(FakeServer.Asked::authorization)
        .containsExactly(
            "Bearer from the file",
            "Bearer from the file",
            "Bearer from the file",
            "Bearer from the file",
            "Bearer secret",
            null);
  }

  @Test
  void serverMayBeNamedBeforeOrAfterTheCommand() {
    server.on(MODELS, Reply.recorded("models.json"));

    Outcome before = new Tutti().run("--server", server.address() + "/", "model", "ls");
    Outcome after = new Tutti().run("model", "ls", "--server", server.address());

    assertThat(before.status()).as(before.err()).isEqualTo(0);
    assertThat(after.status()).as(after.err()).isEqualTo(0);
  }
}
