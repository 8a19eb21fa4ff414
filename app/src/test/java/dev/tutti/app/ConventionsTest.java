package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What every route of our API does alike, on a running server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConventionsTest {

  private final TestServer server = TestServer.start();

  @BeforeAll
  void addImages() throws Exception {
    for (String name : List.of("pv:1", "pv:2", "wind:1", "heat:1", "tiny")) {
      assertThat(put(name, "/bin/true").statusCode()).isEqualTo(200);
    }
  }

  @AfterAll
  void close() {
    server.close();
  }

  private HttpResponse<String> put(String image, String command, String... headers)
      throws Exception {
    return server.send(
        "PUT", "/api/v1/images/" + image, "{\"command\":[\"%s\"]}".formatted(command), headers);
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    return server.send("GET", "/api/v1" + path, "", headers);
  }

  private HttpResponse<String> deploy(String simulation, String... headers) throws Exception {
    return server.send(
        "POST",
        "/api/v1/deployments",
        """
        {"simulatorId":"so","simulationId":"%s","models":[{"id":"m","image":"tiny"}]}\
        """
            .formatted(simulation),
        headers);
  }

  private void awaitEnd(String deployment) {
    TestServer.await(
        "it ended", () -> server.app().records().deployment(deployment).state().equals("ended"));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return TestServer.JSON.readTree(answer.body());
  }

  private static String code(HttpResponse<String> answer) {
    JsonNode problem = json(answer);
    assertThat(problem.get("suggestion").asString()).as(answer.body()).isNotBlank();
    return answer.statusCode() + " " + problem.get("type").asString().replaceFirst(".*:", "");
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  // ---- lists

  private List<String> ids(String path, String key) throws Exception {
    List<String> ids = new ArrayList<>();
    json(get(path)).get("items").forEach(item -> ids.add(item.get(key).asString()));
    return ids;
  }

  @Test
  void listIsReadPageByPageWhateverComesAndGoesMeanwhile() throws Exception {
    HttpResponse<String> first = get("/images?limit=2&name=1");
    assertThat(json(first).get("items").size()).isEqualTo(2);
    assertThat(header(first, "Link"))
        .isEqualTo(
            "</api/v1/images?limit=2&name=1&cursor=%s>; rel=\"next\""
                .formatted(json(first).get("next").asString()));
    assertThat(put("aaa:1", "/bin/true").statusCode()).isEqualTo(200);
    String next = header(first, "Link").replaceFirst("^</api/v1(.*)>.*", "$1");
    assertThat(ids(next, "reference")).containsExactly("wind:1");
    HttpResponse<String> last = get(next);
    assertThat(json(last).get("next").isNull()).isTrue();
    assertThat(header(last, "Link")).isEmpty();
    server.send("DELETE", "/api/v1/images/aaa:1", "");
  }

  @Test
  void everyListTakesALimitAndACursorAndSaysWhatIsWrongWithThem() throws Exception {
    TreeSet<String> lists = new TreeSet<>();
    server
        .app()
        .surfaces()
        .forEach(surface ->
            surface.endpoints().stream()
                .filter(endpoint -> endpoint.contract().items() != Void.class)
                .filter(endpoint -> !endpoint.path().contains("{"))
                .forEach(endpoint -> lists.add(endpoint.path())));
    assertThat(lists)
        .contains(
            "/deployments",
            "/models",
            "/workloads",
            "/simulations",
            "/images",
            "/users",
            "/tokens",
            "/owners",
            "/orphans",
            "/events");
    for (String list : lists) {
      assertThat(get(list + "?limit=1").statusCode()).as(list).isEqualTo(200);
      for (String wrong : List.of("?limit=0", "?limit=1001", "?limit=x")) {
        assertThat(get(list + wrong).statusCode()).as(list + wrong).isEqualTo(400);
      }
      for (String wrong : List.of("?cursor=x", "?cursor=", "?cursor=eyJ9")) {
        assertThat(code(get(list + wrong))).as(list + wrong).isEqualTo("400 cursor-invalid");
      }
    }
    assertThat(code(get("/models?since=yesterday"))).isEqualTo("400 parameter-invalid");
    assertThat(code(get("/models?state=odd"))).isEqualTo("400 invalid-query");
  }

  @Test
  void listsAreFilteredByWhatPeopleKnow() throws Exception {
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    assertThat(deploy("filtered").statusCode()).isEqualTo(201);
    String id = "dots-so~filtered~1";
    awaitEnd(id);
    for (String filter :
        List.of(
            "/deployments?simulation=filtered",
            "/deployments?simulation=filtered&state=ended&simulator=dots-so&since=" + before)) {
      assertThat(ids(filter, "id")).as(filter).containsExactly(id);
    }
    for (String filter :
        List.of(
            "/deployments?simulation=filtered&state=ready",
            "/deployments?simulation=filtere",
            "/deployments?simulator=essim",
            "/deployments?since=2999-01-01T00:00:00Z",
            "/models?name=other",
            "/workloads?owner=deployment:nobody",
            "/tokens?user=nobody",
            "/images?name=coal")) {
      assertThat(ids(filter, "id")).as(filter).isEmpty();
    }
    assertThat(ids("/models?name=M&image=tiny&deployment=" + id, "id")).containsExactly(id + "~m");
    assertThat(ids("/workloads?owner=deployment:dots-so~filtered", "subject")).hasSize(1);
    assertThat(ids("/images?name=PV", "reference")).containsExactly("pv:1", "pv:2");
    assertThat(ids("/tokens?role=admin&name=fir", "name")).containsExactly("first");
  }

  @Test
  void eventsAreFilteredByTypeSubjectOwnerAndTime() throws Exception {
    long start = server.app().engine().feed().last();
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    assertThat(deploy("told").statusCode()).isEqualTo(201);
    awaitEnd("dots-so~told~1");
    List<String> all = ids("/events?after=" + start, "type");
    assertThat(ids("/events?since=" + before, "type")).endsWith(all.toArray(String[]::new));
    assertThat(ids("/events?type=deployment&after=" + start, "type"))
        .contains("deployment.accepted", "deployment.ended")
        .allMatch(type -> type.startsWith("deployment."));
    assertThat(ids("/events?type=deployment.ended,model.terminated&after=" + start, "type"))
        .containsExactlyInAnyOrder("deployment.ended", "model.terminated");
    assertThat(ids("/events?subject=dots-so~told~1~m", "owner"))
        .isNotEmpty()
        .allMatch("deployment:dots-so~told"::equals);
    List<String> paged = new ArrayList<>();
    String next = "/events?owner=deployment:dots-so~told&limit=2";
    while (!next.isEmpty()) {
      paged.addAll(ids(next, "number"));
      next = header(get(next), "Link").replaceFirst("^</api/v1(.*)>.*", "$1");
    }
    assertThat(paged).isEqualTo(ids("/events?owner=deployment:dots-so~told", "number"));
    assertThat(ids("/events?limit=1", "version")).containsExactly("1");
    assertThat(code(get("/events?after=999999999"))).isEqualTo("410 events-gone");
    assertThat(code(get("/events", "Accept", "text/event-stream", "Last-Event-ID", "999999999")))
        .isEqualTo("410 events-gone");
  }

  // ---- requests that are sent again

  @Test
  void requestWithAKeyIsDoneOnceAndAnsweredAlike() throws Exception {
    HttpResponse<String> first = deploy("once", "Idempotency-Key", "k-1");
    assertThat(first.statusCode()).isEqualTo(201);
    awaitEnd("dots-so~once~1");
    HttpResponse<String> again = deploy("once", "Idempotency-Key", "\"k-1\"");
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(header(again, "Idempotency-Replayed")).isEqualTo("true");
    assertThat(ids("/deployments?simulation=once", "id")).containsExactly("dots-so~once~1");
    assertThat(code(deploy("twice", "Idempotency-Key", "k-1"))).isEqualTo("422 key-reused");
    assertThat(code(deploy("twice", "Idempotency-Key", "two words"))).isEqualTo("400 key-invalid");
    assertThat(ids("/deployments?simulation=twice", "id")).isEmpty();
    String body = "{\"name\":\"ci\",\"role\":\"viewer\"}";
    HttpResponse<String> token =
        server.send("POST", "/api/v1/tokens", body, "Idempotency-Key", "k-2");
    assertThat(server.send("POST", "/api/v1/tokens", body, "Idempotency-Key", "k-2").body())
        .isEqualTo(token.body())
        .contains("tutti_");
  }

  @Test
  void manyAtOnceWithOneKeyMakeOneDeployment() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<HttpResponse<String>> one = () -> deploy("crowd", "Idempotency-Key", "crowd");
      List<Integer> statuses = new ArrayList<>();
      for (Future<HttpResponse<String>> answer : threads.invokeAll(Collections.nCopies(20, one))) {
        statuses.add(answer.get().statusCode());
      }
      assertThat(statuses).contains(201).allMatch(status -> status == 201 || status == 409);
    }
    awaitEnd("dots-so~crowd~1");
    assertThat(deploy("crowd", "Idempotency-Key", "crowd").statusCode()).isEqualTo(201);
    assertThat(ids("/deployments?simulation=crowd", "id")).containsExactly("dots-so~crowd~1");
  }

  // ---- revisions

  @Test
  void documentThatIsKnownIsNotSentAgain() throws Exception {
    HttpResponse<String> shown = get("/images/pv:1");
    String tag = header(shown, "ETag");
    assertThat(tag).matches("\".+\"");
    HttpResponse<String> same = get("/images/pv:1", "If-None-Match", "\"x\", " + tag);
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(header(same, "ETag")).isEqualTo(tag);
    assertThat(get("/images/pv:1", "If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
    assertThat(get("/images/pv:1", "If-None-Match", "*").statusCode()).isEqualTo(304);
  }

  @Test
  void changeOfWhatSomebodyElseChangedIsRefused() throws Exception {
    put("shared", "/bin/true");
    String old = header(get("/images/shared"), "ETag");
    assertThat(put("shared", "/bin/false", "If-Match", old).statusCode()).isEqualTo(200);
    assertThat(code(put("shared", "/bin/sh", "If-Match", old))).isEqualTo("412 changed-meanwhile");
    assertThat(get("/images/shared").body()).contains("/bin/false");
    String path = "/api/v1/images/shared";
    assertThat(code(server.send("DELETE", path, "", "If-Match", old)))
        .isEqualTo("412 changed-meanwhile");
    String now = header(get("/images/shared"), "ETag");
    assertThat(server.send("DELETE", path, "", "If-Match", now).statusCode()).isEqualTo(204);
    put("shared", "/bin/true");
    assertThat(code(put("shared", "/bin/sh", "If-Match", old)))
        .as("one made anew has none of its earlier revisions")
        .isEqualTo("412 changed-meanwhile");
    assertThat(code(put("nobody", "/bin/sh", "If-Match", "*"))).isEqualTo("412 changed-meanwhile");
    assertThat(get("/images/nobody").statusCode()).isEqualTo(404);
  }

  @Test
  void ownerDecidesOnWhatItHadWhenTheTagWasGiven() throws Exception {
    assertThat(deploy("revised").statusCode()).isEqualTo(201);
    awaitEnd("dots-so~revised~1");
    String path = "/deployments/dots-so~revised~1";
    String tag = header(get(path), "ETag");
    String made = tag.substring(1, tag.indexOf('.'));
    String first = "\"%s.1-0000000000000000\"".formatted(made);
    HttpResponse<String> refused =
        server.send("POST", "/api/v1" + path + "/stop", "", "If-Match", first);
    assertThat(code(refused)).isEqualTo("412 changed-meanwhile");
    assertThat(server.send("POST", "/api/v1" + path + "/stop", "", "If-Match", tag).statusCode())
        .isEqualTo(202);
    assertThat(code(deploy("revised", "If-Match", tag))).isEqualTo("412 changed-meanwhile");
  }

  @Test
  void manyWhoHaveSeenTheSameChangeItOnce() throws Exception {
    put("contended", "/bin/true");
    String tag = header(get("/images/contended"), "ETag");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String command = "/bin/c" + i;
        all.add(() -> put("contended", command, "If-Match", tag).statusCode());
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> answer : threads.invokeAll(all)) {
        statuses.add(answer.get());
      }
      assertThat(statuses).containsOnlyOnce(200).allMatch(s -> s == 200 || s == 412 || s == 409);
    }
  }

  // ---- waiting

  @Test
  void requestThatWaitsIsAnsweredWithTheNextRevision() throws Exception {
    put("waited", "/bin/true");
    String tag = header(get("/images/waited"), "ETag");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<String>> waiting =
          threads.submit(() -> get("/images/waited?wait=20s", "If-None-Match", tag));
      // Whether it waits already or not: it hears of this change.
      put("waited", "/bin/false");
      assertThat(waiting.get().body()).contains("/bin/false");
    }
    HttpResponse<String> known = get("/images/waited?wait=30s", "If-None-Match", tag);
    assertThat(known.statusCode()).as("it has changed already").isEqualTo(200);
  }

  @Test
  void requestThatWaitsInVainHearsWhatIsThere() throws Exception {
    String tag = header(get("/images/wind:1"), "ETag");
    assertThat(get("/images/wind:1?wait=50ms", "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(get("/images/wind:1?wait=50ms").statusCode()).isEqualTo(200);
    for (String wrong : List.of("61s", "2m", "x", "-1s", "")) {
      assertThat(code(get("/images/wind:1?wait=" + wrong))).isEqualTo("400 parameter-invalid");
    }
    assertThat(get("/images/nobody?wait=30s").statusCode()).isEqualTo(404);
  }
}
