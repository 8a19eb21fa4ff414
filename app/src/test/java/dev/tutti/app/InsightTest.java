package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.Store;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import dev.tutti.core.workload.Workload;
import dev.tutti.models.Deployment;
import dev.tutti.models.Model;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * Who asks a running server why is told, from what it really has; and can do something about it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InsightTest {

  /** A model as no release writes it: its state is no word of ours. */
  public record Poisoned(String deployment, String modelId, String state) {}

  private static final DocumentKind<Poisoned> POISON =
      DocumentKind.of(
          "model", Poisoned.class, m -> new Attributes(m.deployment(), m.modelId(), "running"));

  private final TestServer server = TestServer.start("TUTTI_STOP_GRACE", "2s");

  @BeforeAll
  void addModel() {
    server.app().images().add(Models.tiny("600"));
  }

  @AfterAll
  void close() {
    server.close();
  }

  private Store store() {
    return server.app().engine().store();
  }

  private String deployed(String simulation, String... variables) throws Exception {
    StringBuilder further = new StringBuilder();
    for (int i = 0; i < variables.length; i += 2) {
      further.append(",\"%s\":\"%s\"".formatted(variables[i], variables[i + 1]));
    }
    String body =
        """
        {"simulatorId":"so","simulationId":"%s","models":[{"id":"m","image":"tiny:1","environment":
         {"MQTT_HOST":"127.0.0.1","MQTT_PORT":"%d","MQTT_USERNAME":"dots",
          "MQTT_PASSWORD":"dotspass","SIMULATION_ID":"%s","MODEL_ID":"m"%s}}]}\
        """
            .formatted(simulation, server.broker().port(), simulation, further);
    assertThat(server.send("POST", "/api/v1/deployments", body).statusCode()).isEqualTo(201);
    return "dots-so~" + simulation + "~1";
  }

  private Model model(String deployment) {
    return store().find(Model.KIND, deployment + "~m").orElseThrow().body();
  }

  private void awaitModel(String deployment, String state) {
    TestServer.await(
        "the model is " + state,
        () ->
            store()
                .find(Model.KIND, deployment + "~m")
                .filter(m -> m.body().state().word().equals(state))
                .isPresent());
  }

  private JsonNode explain(String what, String id) throws Exception {
    return server.get("/" + what + "/" + id + "/explain");
  }

  private int post(String path) throws Exception {
    return server.send("POST", "/api/v1" + path, "").statusCode();
  }

  private List<String> events(String owner) throws Exception {
    List<String> types = new ArrayList<>();
    server
        .get("/events?limit=1000&owner=" + TestServer.encoded(owner))
        .get("items")
        .forEach(event -> types.add(event.get("type").asString()));
    return types;
  }

  private static List<String> sentences(JsonNode doctor, String check, String level) {
    List<String> sentences = new ArrayList<>();
    doctor
        .get("findings")
        .forEach(finding -> {
          if (finding.get("check").asString().equals(check)
              && finding.get("level").asString().equals(level)) {
            sentences.add(finding.get("sentence").asString());
          }
        });
    return sentences;
  }

  // ---- explain

  @Test
  void modelThatNeverBecomesReadyIsExplainedToTheDeadline() throws Exception {
    String deployment = deployed("quiet", "QUIET", "600");
    TestServer.await(
        "its process runs",
        () ->
            store()
                .find(Model.KIND, deployment + "~m")
                .flatMap(m -> store().find(Workload.KIND, m.body().workload()))
                .filter(w -> w.body().state().word().equals("running"))
                .isPresent());

    JsonNode model = explain("models", deployment + "~m");
    assertThat(model.get("kind").asString()).isEqualTo("model");
    assertThat(model.get("summary").asString()).contains("has not said yet that it is ready");
    JsonNode wait = model.get("waitingFor").get(0);
    assertThat(wait.get("what").asString()).isEqualTo("ready");
    assertThat(Instant.parse(wait.get("until").asString())).isAfter(Instant.now());
    assertThat(model.get("next").toString()).contains("start time-out");
    assertThat(model.get("history").toString()).contains("model.started");
    assertThat(explain("deployments", deployment).get("waitingFor").toString())
        .contains("1 model has to say ReadyForProcessing: m");
    String workload = model(deployment).workload();
    assertThat(explain("workloads", workload).get("state").asString()).isEqualTo("running");
    assertThat(post("/deployments/" + deployment + "/stop")).isEqualTo(202);
    awaitModel(deployment, "failed");
  }

  @Test
  void modelThatFailedIsExplainedWithItsLastLines() throws Exception {
    String deployment = deployed("crash", "EXIT_CODE", "1");
    awaitModel(deployment, "failed");
    TestServer.await(
        "its last lines are kept",
        () -> !server.app().records().model(deployment + "~m").lastLines().isEmpty());

    JsonNode model = explain("models", deployment + "~m");
    assertThat(model.get("lastError").get("step").asString()).isEqualTo("becoming ready");
    assertThat(model.get("lastError").get("exitCode").asInt()).isEqualTo(1);
    assertThat(model.get("lastLines").get(0).asString()).isEqualTo("model m begins");
    assertThat(model.get("advice").toString()).contains("tutti workload logs");
    assertThat(explain("workloads", model(deployment).workload()).get("advice").toString())
        .contains("tutti workload logs");
  }

  @Test
  void nobodyIsExplainedWhoIsNotThere() throws Exception {
    for (String path : List.of("models/x", "deployments/x", "workloads/x")) {
      assertThat(server.send("GET", "/api/v1/" + path + "/explain", "").statusCode())
          .isEqualTo(404);
    }
  }

  // ---- quarantine

  /** Its record cannot be read, so no message about it can be decided on. */
  private void poison(String deployment) {
    var good = store().find(Model.KIND, deployment + "~m").orElseThrow();
    server
        .app()
        .engine()
        .commit(
            Transaction.of(
                new Write.PutDocument<>(
                    POISON,
                    good.id(),
                    good.version(),
                    new Poisoned(deployment, "m", "nonsense"),
                    Instant.now())));
  }

  private void mend(Document<Model> good) {
    server
        .app()
        .engine()
        .commit(
            Transaction.of(
                new Write.PutDocument<>(
                    Model.KIND, good.id(), good.version() + 1, good.body(), Instant.now())));
  }

  private void awaitStuck(OwnerRef owner, boolean stuck) {
    TestServer.await(
        owner + (stuck ? " is stuck" : " goes on"),
        () -> server.app().engine().strands().stuck().contains(owner) == stuck);
  }

  @Test
  void deploymentInQuarantineIsSeenEverywhereAndGoesOnAfterRetry() throws Exception {
    String deployment = deployed("poison");
    OwnerRef owner = new OwnerRef("deployment", "dots-so~poison");
    awaitModel(deployment, "running");
    var good = store().find(Model.KIND, deployment + "~m").orElseThrow();
    poison(deployment);
    long process = process(good.body().workload());
    ProcessHandle.of(process).orElseThrow().destroyForcibly();
    awaitStuck(owner, true);

    assertThat(server.get("/deployments/" + deployment).get("reason").asString())
        .startsWith("stuck: WorkloadObserved failed");
    assertThat(server.get("/deployments").get("items").toString()).contains("stuck: Workload");
    assertThat(server.get("/owners").get("items").toString())
        .contains("deployment:dots-so~poison", "cannot be read");
    assertThat(server.metric("tutti_owners_stuck")).isEqualTo(1);
    HttpResponse<String> ready = server.send("GET", "/readyz", "");
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body()).contains("degraded: 1 in quarantine");
    assertThat(sentences(server.get("/doctor"), "stuck-owners", "warning"))
        .singleElement()
        .asString()
        .contains("deployment:dots-so~poison");
    JsonNode explained = explain("deployments", deployment);
    assertThat(explained.get("waitingFor").get(0).get("what").asString()).isEqualTo("quarantine");
    JsonNode unreadable = explain("models", deployment + "~m");
    assertThat(unreadable.get("state").asString()).isEqualTo("unreadable");
    assertThat(unreadable.get("waitingFor").toString()).contains("nonsense");
    assertThat(unreadable.get("advice").toString()).contains("tutti doctor --deep");
    assertThat(sentences(server.get("/doctor?deep=true"), "references", "error"))
        .singleElement()
        .asString()
        .contains("cannot be read", "nonsense");
    assertThat(explained.get("advice").toString())
        .contains("tutti owner retry deployment:dots-so~poison");
    assertThat(post("/deployments/" + deployment + "/stop")).isEqualTo(409);

    mend(good);
    assertThat(post("/deployments/" + deployment + "/retry")).isEqualTo(204);
    awaitModel(deployment, "failed");
    TestServer.await("it ended", () -> ended(deployment));
    awaitStuck(owner, false);
    assertThat(events(owner.toString()))
        .containsSubsequence("owner.stuck", "owner.retried", "model.terminated");
    assertThat(server.metric("tutti_owners_stuck")).isZero();
    assertThat(server.get("/deployments/" + deployment).get("reason").asString())
        .doesNotContain("stuck");
    assertThat(post("/deployments/" + deployment + "/retry")).isEqualTo(409);
    assertThat(post("/deployments/nobody/retry")).isEqualTo(404);
    assertThat(post("/deployments/nobody/skip")).isEqualTo(404);
  }

  private boolean ended(String deployment) {
    return store()
        .find(Deployment.KIND, deployment)
        .filter(d -> !d.body().state().alive())
        .isPresent();
  }

  @Test
  void skippedMessageIsGoneAndTheOwnerGoesOn() throws Exception {
    String deployment = deployed("skipped");
    OwnerRef owner = new OwnerRef("deployment", "dots-so~skipped");
    awaitModel(deployment, "running");
    var good = store().find(Model.KIND, deployment + "~m").orElseThrow();
    poison(deployment);
    ProcessHandle.of(process(good.body().workload())).orElseThrow().destroyForcibly();
    awaitStuck(owner, true);
    mend(good);
    String path = "/owners/" + TestServer.encoded(owner.toString());
    assertThat(post(path + "/skip")).isEqualTo(204);
    awaitStuck(owner, false);
    assertThat(events(owner.toString())).contains("owner.skipped");
    assertThat(post(path + "/skip")).isEqualTo(409);
    assertThat(post("/owners/nonsense/skip")).isEqualTo(400);
    assertThat(model(deployment).state().word()).isEqualTo("running");
    // The end that was skipped is seen again when records and reality are compared.
    server.leave();
    server.comeBack();
    TestServer.await("the comparison tells it again", () -> ended(deployment));
  }

  /** The workload itself, not the shell that supervises it. */
  private long process(String workload) throws Exception {
    Path pid = server.data().resolve("workloads").resolve(workload).resolve(".tutti/pid");
    long wrapper = Long.parseLong(Files.readString(pid).split(" ", -1)[0]);
    return ProcessHandle.of(wrapper).orElseThrow().children().findFirst().orElseThrow().pid();
  }

  // ---- the command, against this server

  private String tutti(int status, String... arguments) {
    return server.tutti(List.of(), status, arguments);
  }

  @Test
  void commandTellsAPersonWhy() throws Exception {
    String deployment = deployed("told", "EXIT_CODE", "1");
    awaitModel(deployment, "failed");
    TestServer.await(
        "its last lines are kept",
        () -> !server.app().records().model(deployment + "~m").lastLines().isEmpty());

    assertThat(tutti(0, "model", "explain", "told/m"))
        .startsWith("model dots-so~told~1~m is failed for ")
        .contains("Last error\n  becoming ready, exit code 1", "  | model m begins")
        .contains("model.terminated", "What to do");
    assertThat(tutti(0, "deployment", "explain", "told"))
        .contains("deployment dots-so~told~1 is ended", "The records are deleted")
        .contains("m failed first: `tutti model explain dots-so~told~1~m` says why.");
    assertThat(tutti(0, "model", "explain", "told/m", "-o", "json")).contains("\"exitCode\": 1");
    assertThat(tutti(1, "deployment", "retry", "told")).contains("is not in quarantine");
    assertThat(tutti(0, "owner", "ls")).startsWith("OWNER");
    assertThat(tutti(0, "workload", "orphans")).startsWith("WORKLOAD");
    assertThat(tutti(3, "workload", "explain", "nobody")).contains("There is no workload");
    assertThat(tutti(3, "workload", "orphans", "adopt", "nobody")).contains("There is no orphaned");
    assertThat(tutti(0, "doctor", "--deep"))
        .startsWith("ok       api            The server at " + server.app().uri())
        .contains("0 errors");
  }

  // ---- doctor

  @Test
  void doctorFindsTheServerWellFromTopToBottom() throws Exception {
    TestServer.await(
        "it is connected",
        () -> {
          try {
            return server.send("GET", "/readyz", "").statusCode() == 200;
          } catch (Exception failed) {
            throw new IllegalStateException(failed);
          }
        });

    JsonNode quick = server.get("/doctor");
    assertThat(quick.get("deep").asBoolean()).isFalse();
    List<String> checks = new ArrayList<>();
    quick.get("findings").forEach(finding -> checks.add(finding.get("check").asString()));
    assertThat(checks)
        .contains(
            "versions",
            "systemd",
            "data-folder",
            "disk",
            "memory",
            "limits",
            "clock",
            "store",
            "blobs",
            "broker",
            "backplane",
            "stuck-owners",
            "orphans",
            "commands",
            "workloads",
            "references");
    assertThat(sentences(quick, "broker", "ok"))
        .anyMatch(s -> s.contains("A new client connected"));
    assertThat(sentences(quick, "store", "error")).isEmpty();
    assertThat(sentences(quick, "data-folder", "error")).isEmpty();
    assertThat(quick.toString()).doesNotContain(server.app().token(), "dotspass");
  }

  @Test
  void deepDoctorReadsEverythingAndFindsWhatIsDamaged() throws Exception {
    JsonNode well = server.get("/doctor?deep=true");
    assertThat(sentences(well, "store", "ok")).anyMatch(s -> s.contains("its file is sound"));
    assertThat(sentences(well, "blobs", "error")).isEmpty();

    Path damaged = server.data().resolve("blobs").resolve("0".repeat(64));
    Files.writeString(damaged, "not what the name says");
    Path stray = server.data().resolve("workloads").resolve("Not a workload");
    Files.createDirectory(stray);
    Files.setLastModifiedTime(stray, FileTime.from(Instant.now().minusSeconds(3600)));
    try {
      JsonNode found = server.get("/doctor?deep=true");
      assertThat(sentences(found, "blobs", "error")).anyMatch(s -> s.contains("is damaged"));
      assertThat(sentences(found, "data-folder", "warning"))
          .anyMatch(s -> s.contains("Not a workload"));
    } finally {
      Files.delete(damaged);
      Files.delete(stray);
    }
  }

  @Test
  void findingsAreNotForEverybody() throws Exception {
    for (String path : List.of("/doctor", "/owners", "/orphans", "/models/x/explain")) {
      assertThat(server.send("GET", "/api/v1" + path, "", "Authorization", "").statusCode())
          .as(path)
          .isEqualTo(401);
    }
  }
}
