package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import dev.tutti.core.workload.Workload;
import dev.tutti.models.Deployment;
import dev.tutti.models.Model;
import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Workloads that run with our mark and without a record: shown, adopted, or ended, never lost. */
class OrphansTest {

  /** A model that runs, and of which the records know nothing any more. */
  private static String orphan(TestServer server, String simulation) throws Exception {
    server.app().images().add(Models.tiny("600"));
    String body =
        """
        {"simulatorId":"so","simulationId":"%s","models":[{"id":"m","image":"tiny:1",
         "environment":{"QUIET":"600","MODEL_ID":"m"}}]}\
        """
            .formatted(simulation);
    assertThat(server.send("POST", "/api/v1/deployments", body).statusCode()).isEqualTo(201);
    String deployment = "dots-so~" + simulation + "~1";
    TestServer.await("it runs", () -> workload(server, deployment).isPresent());
    String id = workload(server, deployment).orElseThrow();
    server
        .app()
        .engine()
        .commit(
            Transaction.of(
                new Write.DeleteDocument(Workload.KIND, id),
                new Write.DeleteDocument(Model.KIND, deployment + "~m"),
                new Write.DeleteDocument(Deployment.KIND, deployment)));
    return id;
  }

  private static Optional<String> workload(TestServer server, String deployment) {
    var store = server.app().engine().store();
    return store
        .find(Model.KIND, deployment + "~m")
        .flatMap(m -> store.find(Workload.KIND, m.body().workload()))
        .filter(w -> w.body().state().word().equals("running"))
        .map(w -> w.body().id());
  }

  private static String state(TestServer server, String id) {
    return server
        .app()
        .engine()
        .store()
        .find(Workload.KIND, id)
        .map(w -> w.body().state().word())
        .orElse("unknown");
  }

  @Test
  void adoptedOrphanIsSupervisedToItsEndAlsoAfterARestart() throws Exception {
    try (TestServer server = TestServer.start("TUTTI_STOP_GRACE", "2s")) {
      String id = orphan(server, "lost");

      JsonNode orphan = server.get("/orphans").get("items").get(0);
      assertThat(orphan.get("id").asString()).isEqualTo(id);
      assertThat(orphan.get("state").asString()).isEqualTo("running");
      assertThat(orphan.get("image").asString()).isEqualTo("tiny:1");
      assertThat(orphan.get("labels").get("tutti.owner").asString())
          .isEqualTo("deployment:dots-so~lost");
      assertThat(orphan.get("place").asString()).startsWith("process ");
      assertThat(server.get("/doctor").toString()).contains("1 workloads with our mark");
      assertThat(server.send("POST", "/api/v1/workloads/" + id + "/stop", "").statusCode())
          .isEqualTo(404);

      assertThat(server.send("POST", "/api/v1/orphans/" + id + "/adopt", "").statusCode())
          .isEqualTo(204);

      assertThat(server.get("/orphans").get("items").size()).isZero();
      assertThat(server.get("/workloads?state=running").get("items").toString()).contains(id);
      JsonNode adopted = server.get("/workloads/" + id);
      assertThat(adopted.get("owner").asString()).isEqualTo("orphan:" + id);
      assertThat(adopted.get("image").asString()).isEqualTo("tiny:1");
      assertThat(server.send("GET", "/api/v1/workloads/" + id + "/logs", "").body())
          .isEqualTo("model m begins\n");
      assertThat(server.send("POST", "/api/v1/orphans/" + id + "/adopt", "").statusCode())
          .isEqualTo(409);
      assertThat(server.send("DELETE", "/api/v1/orphans/" + id, "").statusCode()).isEqualTo(409);

      server.leave();
      server.comeBack();
      assertThat(state(server, id)).isEqualTo("running");
      assertThat(server.send("POST", "/api/v1/workloads/" + id + "/stop", "").statusCode())
          .isEqualTo(202);
      TestServer.await("its end is recorded", () -> state(server, id).equals("ended"));
      JsonNode ended = server.get("/workloads/" + id);
      assertThat(ended.get("exitCode").asInt()).isEqualTo(143);
      TestServer.await("its last lines are kept", () -> lastLines(server, id) > 0);
      assertThat(server.get("/workloads/" + id + "/explain").get("next").size()).isZero();
      assertThat(server.app().engine().timersOf(new OwnerRef("orphan", id))).hasSize(1);
      assertThat(server.get("/events?limit=1000&owner=orphan:" + id).toString())
          .contains("workload.adopted", "workload.stopping", "workload.ended", "token:first with");
    }
  }

  private static int lastLines(TestServer server, String id) {
    return server
        .app()
        .engine()
        .store()
        .find(Workload.KIND, id)
        .map(w -> w.body().lastLines().size())
        .orElse(0);
  }

  @Test
  void removedOrphanEndsAndLeavesNothing() throws Exception {
    try (TestServer server = TestServer.start("TUTTI_STOP_GRACE", "2s")) {
      String id = orphan(server, "gone");
      assertThat(server.processes()).isNotEmpty();

      assertThat(server.send("DELETE", "/api/v1/orphans/" + id + "?grace=1", "").statusCode())
          .isEqualTo(204);

      assertThat(server.get("/orphans").get("items").size()).isZero();
      assertThat(server.processes()).isEmpty();
      assertThat(Files.exists(server.data().resolve("workloads").resolve(id))).isFalse();
      assertThat(server.get("/events?limit=1000&owner=orphan:" + id).toString())
          .contains("workload.orphan-removed");
      assertThat(server.send("DELETE", "/api/v1/orphans/" + id, "").statusCode()).isEqualTo(404);
      assertThat(server.send("POST", "/api/v1/orphans/" + id + "/adopt", "").statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  void orphanThatEndedMeanwhileIsAdoptedWithItsEndAndForgottenAfterTheRetention() throws Exception {
    try (TestServer server =
        TestServer.start("TUTTI_STOP_GRACE", "2s", "TUTTI_RETENTION_RECORDS", "1s")) {
      String id = orphan(server, "ended");
      server.processes().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy));
      TestServer.await("nothing runs", () -> server.processes().isEmpty());
      TestServer.await(
          "the backplane knows",
          () -> {
            try {
              return server.get("/orphans/" + id).get("state").asString().equals("ended");
            } catch (Exception failed) {
              throw new IllegalStateException(failed);
            }
          });

      assertThat(server.send("POST", "/api/v1/orphans/" + id + "/adopt", "").statusCode())
          .isEqualTo(204);

      assertThat(server.get("/workloads/" + id).get("exitCode").asInt()).isPositive();
      TestServer.await("its remains go first", () -> state(server, id).equals("removed"));
      TestServer.await(
          "its folder is gone",
          () -> !Files.exists(server.data().resolve("workloads").resolve(id)));
    }
  }

  @Test
  void workloadWithAnOwnerIsStoppedThroughIt() throws Exception {
    try (TestServer server = TestServer.start()) {
      server.app().images().add(Models.tiny("600"));
      String body =
          """
          {"simulatorId":"so","simulationId":"owned","models":[{"id":"m","image":"tiny:1",
           "environment":{"QUIET":"600"}}]}\
          """;
      assertThat(server.send("POST", "/api/v1/deployments", body).statusCode()).isEqualTo(201);
      TestServer.await("it runs", () -> workload(server, "dots-so~owned~1").isPresent());
      String id = workload(server, "dots-so~owned~1").orElseThrow();

      var refused = server.send("POST", "/api/v1/workloads/" + id + "/stop", "");

      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body()).contains("deployment:dots-so~owned", "tutti model stop");
    }
  }
}
