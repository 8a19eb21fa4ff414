package dev.tutti.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.cli.FakeServer.Asked;
import dev.tutti.cli.FakeServer.Reply;
import dev.tutti.cli.Tutti.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChangingTest {
  private static final String MODEL = "dots-so~sim02-abc~1~1-model";

  private final FakeServer server = new FakeServer();
  private final String ended = FakeServer.recorded("model.json");
  private final String running =
      ended.replace("\"failed\"", "\"running\"").replace("\"exitCode\":1", "\"exitCode\":null");

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void modelIsAskedToStop() {
    server.on("POST /models/" + MODEL + "/stop", Reply.json(running));

    Outcome outcome = Tutti.of(server).run("model", "stop", MODEL);

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(0);
    assertThat(outcome.out()).isEqualTo(MODEL + " is stopping\n");
  }

  @Test
  void graceIsInSecondsAndWaitingSeesTheEnd() {
    server
        .on("POST /models/" + MODEL + "/stop?grace=120", Reply.json(running))
        .on("GET /models/" + MODEL, Reply.json(running), Reply.json(running), Reply.json(ended));

    Outcome outcome = Tutti.of(server).run("model", "stop", MODEL, "--grace", "2m", "--wait");

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(0);
    assertThat(outcome.out()).isEqualTo(MODEL + " failed (exit 1: Error)\n");
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void serverThatTellsOfChangesIsAskedOnceForEach() {
    String waiting = "GET /models/" + MODEL + "?wait=30000ms";
    server
        .on("POST /models/" + MODEL + "/stop?grace=120", Reply.json(running))
        .on("GET /models/" + MODEL, Reply.json(running).tagged("\"1\""))
        .on(waiting, Reply.unchanged("\"1\""), Reply.json(ended).tagged("\"2\""));

    Outcome outcome = Tutti.of(server).run("model", "stop", MODEL, "--grace", "2m", "--wait");

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(0);
    assertThat(outcome.out()).isEqualTo(MODEL + " failed (exit 1: Error)\n");
    assertThat(server.requests())
        .containsSubsequence("GET /models/" + MODEL, waiting, waiting)
        .hasSize(4);
  }

  @Test
  void waitingForWhatNeverEndsFails() {
    server
        .on("POST /models/" + MODEL + "/stop?grace=5", Reply.json(running))
        .on("GET /models/" + MODEL, Reply.json(running));

    Outcome outcome = Tutti.of(server).run("model", "stop", MODEL, "--grace", "5", "--wait");

    assertThat(outcome.status()).isEqualTo(5);
    assertThat(outcome.err()).contains(MODEL + " has not ended within 65 s", "It goes on");

    Outcome sooner =
        Tutti.of(server).run("model", "stop", MODEL, "--grace", "5", "--wait", "--timeout", "2s");
    assertThat(sooner.status()).isEqualTo(5);
    assertThat(sooner.err()).contains("within 2 s");
  }

  @Test
  void deploymentStopsAndIsWaitedFor() {
    server
        .on("POST /deployments/dots-so~sim01~2/stop", Reply.recorded("deployment.json"))
        .on("GET /deployments/dots-so~sim01~2", Reply.recorded("deployment.json"));

    Outcome outcome = Tutti.of(server).run("deployment", "stop", "dots-so~sim01~2", "--wait");

    assertThat(outcome.out()).as(outcome.err()).isEqualTo("dots-so~sim01~2 ended\n");
  }

  @Test
  void waitingForASimulationTellsAScriptHowItEnded(@TempDir Path folder) throws IOException {
    Path request = Files.writeString(folder.resolve("r.json"), "{}");
    server
        .on("POST /simulations/start", Reply.recorded("simulation.json"))
        .on("POST /simulations", Reply.recorded("simulation.json"));
    String id = Tutti.of(server).run("simulation", "start", request.toString()).out().strip();
    assertThat(id).as(server.requests().toString()).isNotEmpty();

    server.on("GET /simulations/" + id, Reply.recorded("simulation-failed.json"));
    assertThat(Tutti.of(server).run("simulation", "start", request.toString(), "--wait").status())
        .isEqualTo(1);
    server.on("GET /simulations/" + id, Reply.recorded("simulation-succeeded.json"));
    assertThat(Tutti.of(server).run("simulation", "start", request.toString(), "--wait").status())
        .isEqualTo(0);
    server.on("GET /simulations/" + id, Reply.recorded("simulation.json"));
    String[] brief = {"simulation", "start", request.toString(), "--wait", "--timeout", "9s"};
    assertThat(Tutti.of(server).run(brief).status()).isEqualTo(5);
  }

  @Test
  void whoWantsItQuietGetsTheNameAlone() {
    server
        .on("POST /models/" + MODEL + "/stop", Reply.json(running))
        .on("DELETE /images/pv%3A1.0", Reply.nothing());

    assertThat(Tutti.of(server).run("model", "stop", "-q", MODEL).out()).isEqualTo(MODEL + "\n");
    assertThat(Tutti.of(server).run("image", "rm", "--quiet", "pv:1.0").out())
        .isEqualTo("pv:1.0\n");
  }

  @Test
  void graceIsATime() {
    Outcome outcome = Tutti.of(server).run("model", "stop", MODEL, "--grace", "soon");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("'soon' is no time such as 10s, 2m or 1h");
  }

  @Test
  void imageIsAdded() {
    server.on("PUT /images/registry%2Fpv%3A1.0", Reply.nothing());

    Outcome outcome =
        Tutti.of(server)
            .run(
                "image",
                "add",
                "registry/pv:1.0",
                "--workdir",
                "pv",
                "--env",
                "A=b=c",
                "--env",
                "D=",
                "--",
                "python3",
                "-u",
                "main.py");

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(0);
    Asked asked = server.asked().getFirst();
    assertThat(asked.body())
        .isEqualTo(
            "{\"command\":[\"python3\",\"-u\",\"main.py\"],\"workingDirectory\":\""
                + Path.of("pv").toAbsolutePath()
                + "\",\"environment\":{\"A\":\"b=c\",\"D\":\"\"}}");
  }

  @Test
  void imageNeedsACommand() {
    Outcome outcome = Tutti.of(server).run("image", "add", "pv:1.0");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("COMMAND").contains("tutti image add --help");
  }

  @Test
  void imageIsRemoved() {
    server.on("DELETE /images/pv%3A1.0", Reply.nothing());

    Outcome outcome = Tutti.of(server).run("image", "rm", "pv:1.0");

    assertThat(outcome.out()).as(outcome.err()).isEqualTo("pv:1.0 is forgotten\n");
  }
}
