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

final class SweepCommandTest {
  private static final String ID = "my-street-sweep-89abcdef";
  private static final String SWEEP =
      """
      {"id": "my-street-sweep-89abcdef", "name": "My Street", "created": "2026-11-21T10:00:00Z",
       "simulations": 2, "waiting": 1, "succeeded": 0, "unsuccessful": 0,
       "parameters": ["esdl.pv1.power", "time_step_seconds"],
       "members": [
         {"simulation": "my-street-0123abcd", "values": ["5000", ""], "state": "stepping",
          "outcome": "open", "finished": 3, "steps": 96, "reason": ""},
         {"simulation": "my-street-4567cdef", "values": ["2500", "900"], "state": "waiting",
          "outcome": "open", "finished": 0, "steps": 96, "reason": ""}],
       "models": 0, "messages": 0, "warnings": []}
      """;

  @TempDir private Path folder;

  private final FakeServer server = new FakeServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void setsOfAFileOfYamlGoIntoTheRequest() throws IOException {
    server.on("POST /sweeps", Reply.json(SWEEP));
    String yaml =
        file(
            "roofs.yaml",
            """
            # how good roofs are
            sets:
              - {esdl.pv1.power: 5000}
              - {esdl.pv1.power: 2.50, corrected_time_stamps: true}
            grid:
              start_date: [2023-06-21 00:00:00, "2023-12-21"]
            """);

    Outcome outcome =
        Tutti.of(server)
            .run("simulation", "sweep", "start", file("street.json", "{\"name\": \"x\"}"), yaml);

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out().strip()).isEqualTo(ID);
    assertThat(server.asked().getFirst().body())
        .isEqualTo(
            "{\"name\":\"x\",\"sweep\":{\"sets\":[{\"esdl.pv1.power\":5000},"
                + "{\"esdl.pv1.power\":2.50,\"corrected_time_stamps\":true}],"
                + "\"grid\":{\"start_date\":[\"2023-06-21 00:00:00\",\"2023-12-21\"]}}}");
  }

  @Test
  void sweepShowsItsSimulationsWithTheirParameters() {
    server.on("GET /sweeps?limit=1000", Reply.json("{\"items\":[%s]}".formatted(SWEEP)));
    server.on("GET /sweeps/" + ID, Reply.json(SWEEP));

    Outcome outcome = Tutti.of(server).run("simulation", "sweep", "get", "my-street");

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(0);
    Golden.check("tables/simulation-sweep-get.txt", outcome.out());
    Outcome list = Tutti.of(server).run("simulation", "sweep", "ls", "-q");
    assertThat(list.out().strip()).isEqualTo(ID);
    assertThat(Tutti.of(server).run("simulation", "sweep", "get", "other").status()).isEqualTo(3);
  }

  @Test
  void cancellingSaysWhatCameOfIt() {
    server.on("GET /sweeps?limit=1000", Reply.json("{\"items\":[%s]}".formatted(SWEEP)));
    server.on(
        "POST /sweeps/%s/cancel".formatted(ID),
        Reply.json(SWEEP.replace("\"unsuccessful\": 0", "\"unsuccessful\": 2")));

    Outcome outcome = Tutti.of(server).run("simulation", "sweep", "cancel", ID);

    assertThat(outcome.out().strip())
        .isEqualTo(ID + ": of 2 simulations 0 succeeded and 2 did not");
  }

  @Test
  void resultsOfAllAreOneTable() {
    server.on("GET /sweeps?limit=1000", Reply.json("{\"items\":[%s]}".formatted(SWEEP)));
    server.on(
        "GET /sweeps/%s/results/pv".formatted(ID),
        Reply.bytes("simulation,time\r\n".getBytes(StandardCharsets.UTF_8)));

    Outcome outcome = Tutti.of(server).run("simulation", "sweep", "results", ID, "pv");

    assertThat(outcome.out()).isEqualTo("simulation,time\r\n");
  }
}
