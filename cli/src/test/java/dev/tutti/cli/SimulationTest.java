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

final class SimulationTest {
  private static final String ID = "my-street-0123abcd";

  @TempDir private Path folder;

  private final FakeServer server = new FakeServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void planShowsModelsAndWarnings() throws IOException {
    server.on("POST /simulations/plan", Reply.recorded("simulation-plan.json"));

    Outcome outcome = Tutti.of(server).run("simulation", "plan", request("{\"name\":\"x\"}"));

    assertThat(outcome.status()).isEqualTo(0);
    Golden.check("tables/simulation-plan.txt", outcome.out());
  }

  @Test
  void esdlFileTakesThePlaceOfTheOneInTheRequest() throws IOException {
    server.on("POST /simulations/start", Reply.recorded("simulation.json"));
    Path esdl = Files.writeString(folder.resolve("street.esdl"), "<é/>");
    String request = request("{\"b\": 1.50, \"esdl_base64string\": \"old\", \"a\": [true, null]}");

    Outcome outcome =
        Tutti.of(server).run("simulation", "start", request, "--esdl", esdl.toString());

    assertThat(outcome.out().strip()).isEqualTo(ID);
    assertThat(server.asked().getFirst().body())
        .isEqualTo("{\"b\":1.50,\"esdl_base64string\":\"PMOpLz4=\",\"a\":[true,null]}");
  }

  @Test
  void requestWithoutAnEsdlFileIsSentAsItIs() throws IOException {
    server.on("POST /simulations/queue", Reply.recorded("simulation-waiting.json"));

    Outcome outcome = Tutti.of(server).run("simulation", "queue", request("{ not even JSON"));

    assertThat(outcome.status()).isEqualTo(0);
    assertThat(server.asked().getFirst().body()).isEqualTo("{ not even JSON");
  }

  @Test
  void filesThatAreNotThereOrNoJsonAreSaid() throws IOException {
    Outcome missing = Tutti.of(server).run("simulation", "plan", "nowhere.json");
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.err()).contains("there is no file nowhere.json");

    String noJson = request("{");
    Outcome broken = Tutti.of(server).run("simulation", "plan", noJson, "--esdl", noJson);
    assertThat(broken.status()).isEqualTo(2);
    assertThat(broken.err()).contains("is no JSON");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void whatCannotWorkIsSaidWithTheServersWords() throws IOException {
    server.on(
        "POST /simulations/plan",
        Reply.problem(400, "invalid-simulation", "The simulation cannot work: name: no.", null));

    Outcome outcome = Tutti.of(server).run("simulation", "plan", request("{}"));

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).contains("The simulation cannot work: name: no.");
  }

  @Test
  void listIsATable() {
    server.on("GET /simulations?limit=1000", Reply.recorded("simulations.json"));

    Outcome outcome = Tutti.of(server).run("simulation", "ls");

    Golden.check("tables/simulation-ls.txt", outcome.out());
  }

  @Test
  void onlyIdThatBeginsSoIsMeant() {
    server.on("GET /simulations?limit=1000", Reply.recorded("simulations.json"));
    server.on("GET /simulations/" + ID, Reply.recorded("simulation.json"));

    Outcome outcome = Tutti.of(server).run("simulation", "get", "my-street-01");

    assertThat(outcome.status()).isEqualTo(0);
    Golden.check("tables/simulation-get.txt", outcome.out());
    Outcome ambiguous = Tutti.of(server).run("simulation", "get", "my-street");
    assertThat(ambiguous.status()).isEqualTo(2);
    assertThat(ambiguous.err()).contains("may mean any of 3 simulations", ID);
    assertThat(Tutti.of(server).run("simulation", "get", "other").status()).isEqualTo(3);
  }

  @Test
  void modelsShowWhoIsWaitedFor() {
    server.on("GET /simulations/" + ID + "/models", Reply.recorded("simulation-models.json"));

    Outcome outcome = Tutti.of(server).run("simulation", "get", ID, "--models");

    Golden.check("tables/simulation-models.txt", outcome.out());
  }

  @Test
  void jsonIsGivenAsItCame() {
    server.on("GET /simulations/" + ID, Reply.json("{\"id\": \"x\", \"new\": [1.0]}"));

    Outcome outcome = Tutti.of(server).run("simulation", "get", ID, "-o", "json");

    assertThat(outcome.out()).contains("\"new\": [").contains("1.0");
  }

  @Test
  void watchSaysEachChangeAndEndsWithTheSimulation() {
    server.on(
        "GET /simulations/" + ID,
        Reply.recorded("simulation.json"),
        Reply.recorded("simulation.json"),
        Reply.recorded("simulation-succeeded.json"));

    Outcome outcome = Tutti.of(server).run("simulation", "watch", ID);

    assertThat(outcome.status()).isEqualTo(0);
    Golden.check("tables/simulation-watch.txt", outcome.out());
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void watchDrawsABarOnATerminal() {
    server.on(
        "GET /simulations/" + ID,
        Reply.recorded("simulation.json"),
        Reply.recorded("simulation-failed.json"));

    Outcome outcome = Tutti.of(server).terminal(60).run("simulation", "watch", ID);

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("[######", "23 %  step 23 of 96")
        .contains("step time       42 ms (mean 52 ms, longest 1204 ms)")
        .contains("time left       4 s")
        .contains("waiting for     econnection-service-1, pv-service-2 and 3")
        .contains("reason          Model pv-service-2 exited")
        .contains("\033[5A\r\033[J")
        .endsWith(Drawing.SHOW_CURSOR);
  }

  @Test
  void watchSaysWhoIsWaitedForOnceAStepIsLong() {
    String slow = FakeServer.recorded("simulation.json").replace("11:59:59.5Z", "11:59:54.9Z");
    server.on(
        "GET /simulations/" + ID, Reply.json(slow), Reply.recorded("simulation-succeeded.json"));

    Outcome outcome = Tutti.of(server).run("simulation", "watch", ID);

    assertThat(outcome.out().lines().findFirst().orElseThrow())
        .endsWith("waiting for: econnection-service-1, pv-service-2 and 3 more");
  }

  @Test
  void startCanBeWatched() throws IOException {
    server.on("POST /simulations/start", Reply.recorded("simulation.json"));
    server.on("GET /simulations/" + ID, Reply.recorded("simulation-failed.json"));

    Outcome outcome = Tutti.of(server).run("simulation", "start", request("{}"), "--watch");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).startsWith(ID).contains("failed").contains("exited with code 3");
  }

  @Test
  void changesSayWhatCameOfThem() {
    for (String verb : new String[] {"pause", "resume", "cancel"}) {
      server.on("POST /simulations/" + ID + "/" + verb, Reply.recorded("simulation.json"));
      Outcome outcome = Tutti.of(server).run("simulation", verb, ID);
      assertThat(outcome.out().strip()).isEqualTo(ID + " is stepping");
    }
    server.on(
        "POST /simulations/" + ID + "/priority?value=-3",
        Reply.recorded("simulation-waiting.json"));
    Outcome moved = Tutti.of(server).run("simulation", "priority", ID, "-3");
    assertThat(moved.out().strip())
        .isEqualTo("my-street-99887766 is waiting, place 2 in the queue");
  }

  @Test
  void rerunMayWaitForItsTurn() {
    server.on("POST /simulations/" + ID + "/rerun", Reply.recorded("simulation.json"));
    server.on(
        "POST /simulations/" + ID + "/rerun?queue=true", Reply.recorded("simulation-waiting.json"));

    assertThat(Tutti.of(server).run("simulation", "rerun", ID).out().strip()).isEqualTo(ID);
    assertThat(Tutti.of(server).run("simulation", "rerun", ID, "--queue").out().strip())
        .isEqualTo("my-street-99887766");
  }

  @Test
  void explainTellsWhyWithTheLastLinesOfWhatFailed() {
    server.on("GET /simulations/" + ID + "/explain", Reply.recorded("simulation-explanation.json"));

    Outcome outcome = Tutti.of(server).run("simulation", "explain", ID);

    Golden.check("tables/simulation-explain.txt", outcome.out());
  }

  @Test
  void logsAreLinesByModelAndLevel() {
    server.on(
        "GET /simulations/" + ID + "/logs?model=pv-service-2&level=warning&tail=5",
        Reply.recorded("simulation-logs.json"));

    Outcome outcome =
        Tutti.of(server)
            .run(
                "simulation",
                "logs",
                ID,
                "--model",
                "pv-service-2",
                "--level",
                "warning",
                "--tail",
                "5");

    Golden.check("tables/simulation-logs.txt", outcome.out());
  }

  @Test
  void outputOfAModelIsThatOfItsDeployment() {
    server.on(
        "GET /deployments?limit=1000",
        Reply.json(FakeServer.recorded("deployments.json").replaceAll("sim02-abc", ID)));
    server.on("GET /models/dots-so~" + ID + "~1~pv-1/logs?tail=3", Reply.bytes((byte) 'x'));

    Outcome outcome =
        Tutti.of(server)
            .run("simulation", "logs", ID, "--workload", "--model", "pv-1", "--tail", "3");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.bytes()).containsExactly('x');
    assertThat(Tutti.of(server).run("simulation", "logs", ID, "--workload").status()).isEqualTo(2);
  }

  @Test
  void resultsAreListedPrintedAndSaved() throws IOException {
    server.on(
        "GET /simulations/" + ID + "/results",
        Reply.json("{\"id\":\"%s\",\"measurements\":[\"pv\",\"../e c\"]}".formatted(ID)));
    server.on("GET /simulations/" + ID + "/results/pv", Reply.bytes("a;b\n".getBytes(UTF_8)));
    server.on(
        "GET /simulations/" + ID + "/results/..%2Fe%20c", Reply.bytes("c;d\n".getBytes(UTF_8)));

    assertThat(Tutti.of(server).run("simulation", "results", ID).out().lines())
        .containsExactly("pv", "../e c");
    assertThat(Tutti.of(server).run("simulation", "results", ID, "pv").out()).isEqualTo("a;b\n");
    Path into = folder.resolve("saved");
    Outcome saved = Tutti.of(server).run("simulation", "results", ID, "--to", into.toString());
    assertThat(saved.status()).isEqualTo(0);
    try (var files = Files.list(into)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("pv.csv", "__e_c.csv");
    }
    assertThat(Files.readString(into.resolve("pv.csv"))).isEqualTo("a;b\n");
  }

  private static final java.nio.charset.Charset UTF_8 = StandardCharsets.UTF_8;

  private String request(String json) throws IOException {
    return Files.writeString(folder.resolve("request.json"), json).toString();
  }
}
