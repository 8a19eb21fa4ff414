package dev.tutti.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.cli.FakeServer.Reply;
import dev.tutti.cli.Tutti.Outcome;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ListingTest {
  private static final String MODELS = "GET /models?limit=1000";

  private final FakeServer server = new FakeServer();

  @BeforeEach
  void record() {
    server
        .on(MODELS, Reply.recorded("models.json"))
        .on("GET /models/dots-so~sim02-abc~1~1-model", Reply.recorded("model.json"))
        .on("GET /deployments?limit=1000", Reply.recorded("deployments.json"))
        .on("GET /images?limit=1000", Reply.recorded("images.json"))
        .on("GET /owners?limit=1000", Reply.recorded("owners.json"))
        .on("GET /simulations?limit=1000", Reply.recorded("simulations.json"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void wideHasMoreColumnsAndCutsNothing() {
    Outcome wide = Tutti.of(server).terminal(40).run("model", "ls", "-o", "wide");
    Outcome narrow = Tutti.of(server).terminal(40).run("model", "ls");

    assertThat(wide.out().lines().findFirst().orElseThrow())
        .contains("MODEL", "REASON", "IMAGE", "WORKLOAD", "ID");
    assertThat(wide.out()).contains("dots-so~sim02-abc~1~1-model").doesNotContain("…");
    assertThat(narrow.out()).doesNotContain("WORKLOAD");
    assertThat(Tutti.of(server).run("simulation", "ls", "-o", "wide").out()).contains("PRIORITY");
    assertThat(Tutti.of(server).run("deployment", "ls", "-o", "wide").out())
        .contains("SIMULATOR ID");
  }

  @Test
  void yamlSaysWhatJsonSays() {
    Outcome list = Tutti.of(server).run("model", "ls", "-o", "yaml");
    Outcome one = Tutti.of(server).run("model", "get", "sim02-abc/1-model", "-o", "yaml");

    assertThat(list.status()).as(list.err()).isEqualTo(0);
    assertThat(list.out()).startsWith("items:\n- id: dots-so~").contains("next: null");
    assertThat(one.out()).contains("state: failed\n", "exitCode: 1\n", "lastLines:\n");
  }

  @Test
  void quietListsAreForOtherCommands() {
    Outcome models = Tutti.of(server).run("model", "ls", "--state", "failed", "-q");
    Outcome images = Tutti.of(server).run("image", "ls", "--quiet");

    assertThat(models.out().lines()).isNotEmpty().allMatch(line -> line.matches("dots-so~\\S+"));
    assertThat(Tutti.of(server).run("owner", "ls", "-q").out()).contains(":");
    assertThat(images.out().lines()).isNotEmpty().allMatch(line -> line.matches("\\S+"));
  }

  @Test
  void anImageIsShownWithoutTheValuesOfItsVariables() {
    server.on(
        "GET /images/pv%3A1.0",
        Reply.json(
            "{\"reference\":\"pv:1.0\",\"command\":[\"python3\",\"main.py\"],"
                + "\"workingDirectory\":\"/srv\",\"environment\":{\"KEY\":\"…\"}}"));

    assertThat(Tutti.of(server).run("image", "get", "pv:1.0").out())
        .isEqualTo(
            """
            reference  pv:1.0
            command    python3 main.py
            folder     /srv
            variables  KEY
            """);
  }

  @Test
  void aVerbOfAnotherNounDoesWhatOneExpects() {
    Reply refused = Reply.problem(409, "conflict", "asked", null);
    String id = "my-street-0123abcd";
    server.on("POST /simulations/" + id + "/cancel", refused).on("GET /events", refused);

    assertThat(Tutti.of(server).run("simulation", "stop", id).err()).contains("asked");
    assertThat(Tutti.of(server).run("event", "watch").status()).isNotEqualTo(2);
    assertThat(Tutti.of(server).run("workload", "orphans", "rm", "w").status()).isEqualTo(3);
  }

  @Test
  void watchingAddsWhatIsNewOrChanged() {
    String first = FakeServer.recorded("models.json");
    server
        .on(MODELS, Reply.json(first), Reply.json(first.replace("\"running\"", "\"succeeded\"")))
        .on(
            "GET /events",
            Reply.events("id: 1\n\n"),
            Reply.events("id: 2\n\n"),
            Reply.problem(403, "forbidden", "no more", null));

    for (String format : List.of("table", "json", "yaml")) {
      Outcome outcome = Tutti.of(server).run("model", "ls", "--watch", "-o", format);
      assertThat(outcome.status()).as(outcome.err()).isEqualTo(4);
      assertThat(outcome.err()).contains("no more");
      assertThat(outcome.out().lines().filter(line -> line.startsWith("MODEL")).count())
          .isEqualTo(format.equals("table") ? 1 : 0);
    }
  }
}
