package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.dots.LifecycleMessage.DeployModels;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Asking again, stopping, waiting for places and being too late (R-M2, R-M6, R-M8). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedeployTest {

  private static final String STOPPED = " 0801108f01";
  private static final String TIMED_OUT = " 0801107c";

  private final TestServer server =
      TestServer.start(
          "TUTTI_LIMITS_WORKLOADS", "4", "TUTTI_START_TIMEOUT", "5s", "TUTTI_STOP_GRACE", "2s");
  private final Wire wire;

  RedeployTest() throws Exception {
    wire = server.wire();
  }

  @BeforeAll
  void addModel() {
    server.app().images().add(Models.tiny("600"));
  }

  @AfterAll
  void close() {
    wire.close();
    server.close();
  }

  private void deploy(String simulation, DeployModels request) throws Exception {
    wire.publish("/lifecycle/dots-so/mso/" + simulation + "/DeployModels", request.encode());
  }

  private void awaitReady(String simulation, int times) throws InterruptedException {
    wire.await(
        TestServer.SOON,
        times,
        h -> h.on("lifecycle", "mso", "dots-so", simulation, "ModelsReady"));
  }

  private void stop(String simulation) throws Exception {
    assertThat(post("/deployments/dots-so~" + simulation + "~1/stop")).isEqualTo(202);
  }

  private int post(String path) throws Exception {
    return server.send("POST", "/api/v1" + path, "").statusCode();
  }

  @Test
  void equalRequestIsToldAgainWhatHasEndedAndStartsNothing() throws Exception {
    DeployModels request =
        Models.of(
            Models.model(server.broker(), "equal", "a"),
            Models.model(server.broker(), "equal", "b", "EXIT_CODE", "2"));
    deploy("equal", request);
    awaitReadyOrEnd("b");
    List<Long> before = server.processes();
    deploy("equal", request);
    wire.await(
        TestServer.SOON,
        2,
        h -> h.on("lifecycle", "mso", "dots-so", "equal", "b", "ModelHasTerminated"));
    assertThat(server.processes()).containsAll(before);
    stop("equal");
    wire.awaitAll("dots-so", "equal");
    assertThat(wire.ends("dots-so", "equal"))
        .containsExactly("b 08011002", "b 08011002", "a" + STOPPED, "all");
    assertThat(server.get("/deployments").toString()).doesNotContain("dots-so~equal~2");
  }

  private void awaitReadyOrEnd(String model) throws InterruptedException {
    wire.await(
        TestServer.SOON,
        h -> h.on("lifecycle", "mso", "dots-so", "equal", model, "ModelHasTerminated"));
    wire.await(
        TestServer.SOON,
        h -> h.on("lifecycle", "model", "mso", "equal", "a", "ReadyForProcessing"));
  }

  @Test
  void otherRequestIsRefusedWhileTheFirstRunsAndTouchesNothing() throws Exception {
    deploy("other", Models.of(Models.model(server.broker(), "other", "a")));
    awaitReady("other", 1);
    List<Long> before = server.processes();
    deploy("other", Models.of(Models.model(server.broker(), "other", "b")));
    Wire.Heard notice =
        wire.await(TestServer.SOON, h -> h.on("tutti", "mso", "dots-so", "other", "Reason"));
    assertThat(notice.text()).contains("refused");
    assertThat(server.processes()).containsAll(before);
    stop("other");
    wire.awaitAll("dots-so", "other");
    assertThat(wire.ends("dots-so", "other")).containsExactly("a" + STOPPED, "all");
  }

  @Test
  void sameRequestAfterTheEndIsANewAttempt() throws Exception {
    DeployModels request =
        Models.of(Models.model(server.broker(), "again", "a", "MODEL_SECONDS", "0.1"));
    deploy("again", request);
    wire.awaitAll("dots-so", "again");
    deploy("again", request);
    wire.awaitAll("dots-so", "again", 2);
    assertThat(wire.ends("dots-so", "again")).containsExactly("a ", "all", "a ", "all");
    awaitReady("again", 2);
    assertThat(server.get("/deployments/dots-so~again~2").get("state").asString())
        .isEqualTo("ended");
  }

  @Test
  void modelThatIsNotReadyInTimeIsEndedWithItsCode() throws Exception {
    deploy("late", Models.of(Models.model(server.broker(), "late", "m", "QUIET", "600")));
    wire.awaitAll("dots-so", "late");
    assertThat(wire.ends("dots-so", "late")).containsExactly("m" + TIMED_OUT, "all");
    TestServer.await("the late one is gone", () -> server.processes().isEmpty());
  }

  @Test
  void stoppedModelEndsAloneAndStoppedDeploymentEndsWhole() throws Exception {
    deploy(
        "stops",
        Models.of(
            Models.model(server.broker(), "stops", "a"),
            Models.model(server.broker(), "stops", "b")));
    awaitReady("stops", 1);
    assertThat(post("/models/dots-so~stops~1~a/stop")).isEqualTo(202);
    wire.await(
        TestServer.SOON,
        h -> h.on("lifecycle", "mso", "dots-so", "stops", "a", "ModelHasTerminated"));
    assertThat(server.get("/models/dots-so~stops~1~b").get("state").asString())
        .isEqualTo("running");
    stop("stops");
    wire.awaitAll("dots-so", "stops");
    assertThat(wire.ends("dots-so", "stops")).containsExactly("a" + STOPPED, "b" + STOPPED, "all");
  }

  @Test
  void secondDeploymentWaitsForPlacesAndRunsAfterTheFirst() throws Exception {
    deploy("first", four("first", "1.5"));
    awaitReady("first", 1);
    deploy("second", four("second", "0.1"));
    TestServer.await("second is queued", () -> state("dots-so~second~1").equals("queued"));
    wire.awaitAll("dots-so", "second");
    List<String> order =
        wire
            .heard(h ->
                h.topic().startsWith("/lifecycle/m")
                    && (h.topic().contains("/first/") || h.topic().contains("/second/")))
            .stream()
            .map(Wire.Heard::topic)
            .toList();
    int firstStarted =
        IntStream.range(0, order.size())
            .filter(i -> order.get(i).contains("/second/"))
            .findFirst()
            .orElseThrow();
    assertThat(order.subList(0, firstStarted))
        .filteredOn(t -> t.endsWith("/ModelHasTerminated"))
        .hasSize(4);
    assertThat(wire.ends("dots-so", "second")).hasSize(5).endsWith("all");
  }

  private DeployModels four(String simulation, String seconds) {
    return new DeployModels(
        "so",
        IntStream.range(0, 4)
            .mapToObj(
                i -> Models.model(server.broker(), simulation, "m" + i, "MODEL_SECONDS", seconds))
            .toList(),
        0);
  }

  private String state(String deployment) {
    return server.app().records().deployments(java.util.Set.of(), "", 100).items().stream()
        .filter(d -> d.id().equals(deployment))
        .map(d -> d.state())
        .findFirst()
        .orElse("");
  }
}
