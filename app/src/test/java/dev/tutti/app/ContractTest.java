package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.app.ContractRequests.Asked;
import dev.tutti.app.OpenApiDocument.Operation;
import dev.tutti.backplane.testkit.Plan;
import dev.tutti.backplane.testkit.SimulatedBackplane;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * Ten thousand random requests that are made from the description of the API, to a running server:
 * whatever is asked, the answer is one that the description promises. {@code -Dseed=N} does it
 * again, {@code -Drequests=N} does more.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {

  private static final int REQUESTS = Integer.getInteger("requests", 10_000);
  private static final int CALLERS = 4;
  private static final int SHOWN = 20;

  /** The name of a token that nobody takes back. */
  static final String LOOKS = "only-looks";

  /** They take long by intention, or read everything: one in so many of their turns is enough. */
  private static final Map<String, Integer> RARE =
      Map.of(
          "getBackup", 40,
          "getDoctor", 40,
          "signIn", 20,
          "createUser", 10,
          "putUserPassword", 10,
          "getMetrics", 4,
          "getOpenapiJson", 10);

  /** Read leniently as the original does, which takes a number for a text. */
  private static final List<String> LENIENT =
      List.of("planSimulation", "startSimulation", "queueSimulation");

  private final TestServer server =
      TestServer.start(
          new Seams(
              UnaryOperator.identity(),
              _ ->
                  new SimulatedBackplane(spec ->
                      spec.id().value().hashCode() % 2 == 0
                          ? Plan.runsUntilAsked().saying("a line\n")
                          : Plan.exits(1).saying("it went wrong\n")),
              UnaryOperator.identity(),
              _ -> List.of()));

  private final List<String> findings = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Integer> seen = new ConcurrentHashMap<>();
  private final AtomicInteger refusedAsBroken = new AtomicInteger();
  private OpenApiDocument document = new OpenApiDocument(TestServer.JSON.createObjectNode());
  private String viewer = "";

  @BeforeAll
  void prepare() throws Exception {
    server.awaitReady();
    document =
        new OpenApiDocument(
            TestServer.JSON.readTree(server.send("GET", "/openapi.json", "").body()));
    String body = "{\"name\":\"%s\",\"role\":\"viewer\"}".formatted(LOOKS);
    viewer =
        TestServer.JSON
            .readTree(server.send("POST", "/api/v1/tokens", body).body())
            .get("token")
            .stringValue();
  }

  @AfterAll
  void close() {
    server.close();
  }

  @Test
  void everyAnswerIsOneThatTheDescriptionPromises() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("ContractTest: -Dseed=" + seed);
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        Random random = new Random(seed + i);
        running.add(callers.submit(() -> call(random)));
      }
      for (Future<?> caller : running) {
        end(caller);
      }
    }
    assertThat(findings.stream().limit(SHOWN)).as("with -Dseed=%d", seed).isEmpty();
    assertThat(seen.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(REQUESTS);
    assertThat(refusedAsBroken).hasValueGreaterThan(REQUESTS / 50);
    // What is never let in or never refused is not tried at all.
    assertThat(seen.keySet()).contains("createDeployment 201").hasSizeGreaterThan(200);
    assertThat(
            seen.keySet().stream()
                .map(outcome -> outcome.substring(outcome.indexOf(" ") + 1))
                .distinct())
        .contains("200", "201", "202", "204", "400", "401", "403", "404", "409", "412", "415");
  }

  private static void end(Future<?> caller) throws InterruptedException {
    try {
      Object _ = caller.get();
    } catch (ExecutionException failed) {
      throw new AssertionError("a caller failed", failed.getCause());
    }
  }

  private Void call(Random random) throws Exception {
    ContractRequests requests = new ContractRequests(document, random);
    List<Operation> operations = document.operations();
    int made = 0;
    while (made < REQUESTS / CALLERS) {
      Operation operation = operations.get(random.nextInt(operations.size()));
      if (random.nextInt(RARE.getOrDefault(operation.id(), 1)) == 0) {
        int who = random.nextInt(20);
        // The token that only looks is needed until the end.
        boolean ends = operation.id().equals("signOut") && who == 2;
        ask(requests, requests.next(operation), ends ? 1 : who);
        made++;
      }
    }
    return null;
  }

  private void ask(ContractRequests requests, Asked asked, int who) throws Exception {
    Operation operation = asked.operation();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(asked.path()))
            .timeout(TestServer.SOON)
            .method(
                operation.method().toUpperCase(java.util.Locale.ROOT),
                HttpRequest.BodyPublishers.ofString(asked.body()));
    asked.headers().forEach(request::setHeader);
    String role = role(operation);
    switch (who) {
      case 0 -> {}
      case 1 -> request.setHeader("Authorization", "Bearer nonsense");
      case 2 -> request.setHeader("Authorization", "Bearer " + viewer);
      default -> request.setHeader("Authorization", "Bearer " + server.app().token());
    }
    HttpResponse<InputStream> answer =
        server.http().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    String said = asked.path().contains("follow=true") ? closed(answer) : read(answer);
    int status = answer.statusCode();
    seen.merge(operation.id() + " " + status, 1, Integer::sum);
    List<String> wrong = new ArrayList<>(wrong(asked, answer, said));
    if (role.isEmpty() || who > 2) {
      // Some statuses come before anybody looks at the request itself.
      if (!asked.broken().isEmpty() && status < 400 && !LENIENT.contains(operation.id())) {
        wrong.add("accepted although it breaks the description: " + asked.broken());
      }
      if (!asked.broken().isEmpty() && status >= 400) {
        refusedAsBroken.incrementAndGet();
      }
    } else if (who < 2 ? status != 401 : status != 403 && !role.equals("viewer")) {
      if (status != 400) {
        wrong.add("let in");
      }
    }
    wrong.forEach(finding ->
        findings.add(
            "%s %s %s%s gave %d %s: %s"
                .formatted(
                    operation.method(),
                    asked.path(),
                    shortened(asked.body()),
                    asked.headers(),
                    status,
                    shortened(said),
                    finding)));
    if (status == 200 && said.startsWith("{\"items\"")) {
      requests.learn(operation, TestServer.JSON.readTree(said));
    }
  }

  private static String role(Operation operation) {
    JsonNode security = operation.about().get("security");
    return security.isEmpty() ? "" : security.get(0).get("token").get(0).stringValue();
  }

  private List<String> wrong(Asked asked, HttpResponse<?> answer, String said) {
    JsonNode responses = asked.operation().about().get("responses");
    JsonNode declared = responses.get(Integer.toString(answer.statusCode()));
    if (answer.statusCode() == 500) {
      return List.of("an internal error");
    }
    if (declared == null) {
      return List.of("a status that is not declared");
    }
    JsonNode content = document.resolved(declared).path("content");
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (content.isEmpty()) {
      return type.isEmpty() && said.isEmpty() ? List.of() : List.of("a body that is not declared");
    }
    JsonNode media = content.get(type);
    if (media == null) {
      return List.of("a media type that is not declared: " + type);
    }
    return type.contains("json") && !media.get("schema").isEmpty()
        ? document.wrong(media.get("schema"), TestServer.JSON.readTree(said))
        : List.of();
  }

  private static String read(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** It may never end. */
  private static String closed(HttpResponse<InputStream> answer) throws IOException {
    if (answer.statusCode() != 200) {
      return read(answer);
    }
    answer.body().close();
    return "";
  }

  private static String shortened(String text) {
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }

  @Test
  void problemNamesTheRequestInTheLog() throws Exception {
    HttpResponse<String> answer = server.send("GET", "/api/v1/models/nobody", "");
    assertThat(TestServer.JSON.readTree(answer.body()).get("trace").stringValue())
        .matches("[0-9a-f]{32}");
  }

  /** Else the ten thousand would prove nothing. */
  @Test
  void answerThatIsNotAsDescribedIsFoundOut() {
    JsonNode version = TestServer.JSON.readTree("{\"$ref\":\"#/components/schemas/Version\"}");
    assertThat(document.wrong(version, TestServer.JSON.readTree("{\"version\":\"1\"}")))
        .isNotEmpty();
    assertThat(
            document.wrong(
                version,
                TestServer.JSON.readTree(
                    "{\"version\":\"1\",\"java\":\"25\",\"backplane\":\"process\"}")))
        .isEmpty();
  }

  @Test
  void eventsOfAStreamAreAsTheDescriptionSays() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.uri("/api/v1/events"))
            .timeout(TestServer.SOON)
            .header("Authorization", "Bearer " + server.app().token())
            .header("Accept", "text/event-stream")
            .header("Last-Event-ID", "0")
            .build();
    HttpResponse<InputStream> answer =
        server.http().send(request, HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode media =
        document
            .root()
            .get("paths")
            .get("/api/v1/events")
            .at("/get/responses/200/content")
            .get(answer.headers().firstValue("Content-Type").orElseThrow());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (!line.startsWith("data: ")) {
        line = lines.readLine();
      }
      JsonNode event = TestServer.JSON.readTree(line.substring("data: ".length()));
      assertThat(document.wrong(media.get("x-event-data"), event)).isEmpty();
      assertThat(event.get("type").stringValue()).isNotEmpty();
    }
  }
}
