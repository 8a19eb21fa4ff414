package dev.tutti.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.cli.FakeServer.Reply;
import dev.tutti.cli.Tutti.Outcome;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReadingTest {
  private final FakeServer server = new FakeServer();

  @BeforeEach
  void record() {
    server
        .on("GET /models?limit=1000", Reply.recorded("models.json"))
        .on("GET /models/dots-so~sim02-abc~1~1-model", Reply.recorded("model.json"))
        .on("GET /deployments?limit=1000", Reply.recorded("deployments.json"))
        .on("GET /deployments/dots-so~sim01~2", Reply.recorded("deployment.json"))
        .on("GET /workloads?limit=1000", Reply.recorded("workloads.json"))
        .on("GET /workloads/w%201%2F2", Reply.recorded("workload.json"))
        .on("GET /images?limit=1000", Reply.recorded("images.json"))
        .on("GET /events?limit=1000", Reply.recorded("events.json"))
        .on("GET /version", Reply.recorded("version.json"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "model-ls, model ls",
    "model-ls-all-attempts, model ls --all-attempts",
    "model-ls-state, model ls --state failed",
    "model-ls-none, model ls --state created",
    "model-get, model get sim02-abc/1-model",
    "deployment-ls, deployment ls",
    "deployment-get, deployment get sim01",
    "workload-ls, workload ls",
    "workload-get, workload get WORKLOAD",
    "image-ls, image ls",
    "event-ls, event ls"
  })
  void tablesAreForPeople(String golden, String command) {
    Outcome outcome = Tutti.of(server).run(words(command));

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(0);
    Golden.check("tables/" + golden + ".txt", outcome.out());
  }

  @ParameterizedTest
  @CsvSource({
    "models.json, model ls --all-attempts -o json",
    "model.json, model get dots-so~sim02-abc~1~1-model -o json",
    "deployments.json, deployment ls -o json",
    "deployment.json, deployment get sim01 -o JSON",
    "workloads.json, workload ls -o json",
    "workload.json, workload get WORKLOAD -o json",
    "images.json, image ls -o json",
    "events.json, event ls -o json",
    "version.json, version -o json"
  })
  void jsonIsWhatTheServerGave(String recorded, String command) {
    Outcome outcome = Tutti.of(server).run(words(command));

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(0);
    assertThat(outcome.out().lines().count()).isGreaterThan(4);
    assertThat(withoutLayout(outcome.out())).isEqualTo(FakeServer.recorded(recorded).strip());
  }

  @Test
  void jsonIsLaidOutForReading() {
    Golden.check(
        "tables/model-get.json",
        Tutti.of(server).run(words("model get sim02-abc/1-model -o json")).out());
  }

  @Test
  void jsonOfAListHidesWhatItsTableHides() {
    Outcome outcome = Tutti.of(server).run("model", "ls", "-o", "json");

    assertThat(outcome.out()).contains("dots-so~sim01~2~1-model").doesNotContain("dots-so~sim01~1");
  }

  @Test
  void tableFitsTheTerminal() {
    Outcome outcome = Tutti.of(server).with("NO_COLOR", "1").terminal(60).run("model", "ls");

    assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 60);
    Golden.check("tables/model-ls-60-columns.txt", outcome.out());
  }

  @Test
  void narrowTerminalCutsWhatDoesNotShrink() {
    Outcome outcome = Tutti.of(server).with("NO_COLOR", "1").terminal(20).run("model", "ls");

    assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 20);
  }

  @Test
  void statesAreColouredOnATerminalOnly() {
    assertThat(Tutti.of(server).terminal(100).run("model", "ls").out())
        .contains("\033[31mfailed\033[0m")
        .contains("\033[36mrunning\033[0m");
    assertThat(Tutti.of(server).terminal(100).with("NO_COLOR", "1").run("model", "ls").out())
        .doesNotContain("\033");
    assertThat(Tutti.of(server).run("model", "ls").out()).doesNotContain("\033");
  }

  @Test
  void valuesOfVariablesStayHidden() {
    assertThat(Tutti.of(server).run("image", "ls").out())
        .contains("PASSWORD")
        .doesNotContain("do not show");
  }

  @Test
  void listsHaveTenThousandModels() {
    for (int page = 0; page < 10; page++) {
      String cursor = page == 0 ? "" : "cursor=c" + page + "&";
      server.on("GET /models?" + cursor + "limit=1000", Reply.json(page(page)));
    }

    Outcome outcome = Tutti.of(server).run("model", "ls");

    assertThat(outcome.out().lines().count()).isEqualTo(10_001);
    assertThat(server.requests()).hasSize(10);
  }

  @Test
  void filterOfADeploymentGoesToTheServer() {
    server.on(
        "GET /models?deployment=dots-so~sim01~2&state=failed&limit=1000",
        Reply.json("{\"items\":[],\"next\":null}"));
    server.on(
        "GET /models?state=failed&deployment=dots-so~sim01~2&limit=1000",
        Reply.json("{\"items\":[],\"next\":null}"));

    Outcome outcome = Tutti.of(server).run(words("model ls --deployment sim01 --state failed"));

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(0);
    assertThat(outcome.out().lines()).hasSize(1);
  }

  @Test
  void eventsSayWhereToGoOn() {
    Outcome outcome = Tutti.of(server).run("event", "ls");

    assertThat(outcome.err()).isEqualTo("tutti: there are more: --from 43\n");
  }

  @Test
  void eventsBeginWhereAsked() {
    server.on(
        "GET /events?owner=deployment%3Adots-so~sim01~1&after=9&limit=5",
        Reply.recorded("events.json"));

    Outcome outcome =
        Tutti.of(server)
            .run(words("event ls --from 10 --limit 5 --owner deployment:dots-so~sim01~1"));

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(0);
  }

  @Test
  void logsAreBytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    IntStream.range(0, 70_000).forEach(all::write);
    server.on("GET /workloads/w/logs", Reply.bytes(all.toByteArray()));

    Outcome outcome = Tutti.of(server).run("workload", "logs", "w");

    assertThat(outcome.status()).isEqualTo(0);
    assertThat(outcome.bytes()).isEqualTo(all.toByteArray());
  }

  @Test
  void logsOfAModelHaveATailAndFollow() {
    server.on(
        "GET /models/dots-so~sim02-abc~1~2-model/logs?tail=5&follow=true",
        Reply.bytes((byte) 'x', (byte) '\n'));

    Outcome outcome = Tutti.of(server).run(words("model logs -f --tail 5 2-model"));

    assertThat(outcome.out()).as(outcome.err()).isEqualTo("x\n");
  }

  @Test
  void brokenLogIsAFailure() {
    server.on("GET /workloads/w/logs", Reply.bytes((byte) 'x').thenCut());

    Outcome outcome = Tutti.of(server).run("workload", "logs", "w");

    assertThat(outcome.out()).isEqualTo("x");
    assertThat(outcome.status()).isEqualTo(4);
  }

  @Test
  void versionsAreOfTheProgramAndOfTheServer() {
    Outcome outcome = Tutti.of(server).run("version");

    assertThat(outcome.out().lines())
        .anyMatch(line -> line.startsWith("tutti   "))
        .contains("server  0.1.0 (Java 25.0.3, process) at " + server.address());
  }

  @Test
  void versionDoesWithoutAServer() {
    server.close();

    Outcome outcome = Tutti.of(server).run("version");

    assertThat(outcome.status()).isEqualTo(0);
    assertThat(outcome.out()).contains("server  none at " + server.address());
  }

  /** Our layout puts each member on a line and a space after each colon. */
  private static String withoutLayout(String json) {
    return json.lines().map(String::strip).collect(Collectors.joining()).replace("\": ", "\":");
  }

  private static String[] words(String command) {
    return Arrays.stream(command.split(" "))
        .map(word -> word.equals("WORKLOAD") ? "w 1/2" : word)
        .toArray(String[]::new);
  }

  private static String page(int page) {
    String items =
        IntStream.range(page * 1000, page * 1000 + 1000)
            .mapToObj(i ->
                """
                {"id":"s~x~1~%d","deployment":"s~x~1","model":"%d","image":"i",\
                "state":"created","exitCode":null,"reason":"","workload":"w",\
                "created":"2026-11-21T11:58:30Z","ready":null,"ended":null,"lastLines":[]}\
                """
                    .formatted(i, i))
            .collect(Collectors.joining(","));
    String next = page == 9 ? "null" : "\"c" + (page + 1) + "\"";
    return "{\"items\":[" + items + "],\"next\":" + next + "}";
  }
}
