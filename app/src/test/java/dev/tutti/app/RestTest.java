package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.ModelView;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Everything that the API offers for models, over HTTP and with the token. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestTest {

  private final TestServer server = TestServer.start("TUTTI_STOP_GRACE", "2s");

  @BeforeAll
  void addModel() {
    server.app().images().add(Models.tiny("600"));
  }

  @AfterAll
  void close() {
    server.close();
  }

  private HttpResponse<String> deploy(String simulation, String seconds) throws Exception {
    String body =
        """
        {"simulatorId":"so","simulationId":"%s","models":[{"id":"m","image":"tiny:1","environment":
         {"MQTT_HOST":"127.0.0.1","MQTT_PORT":"%d","MQTT_USERNAME":"dots",
          "MQTT_PASSWORD":"dotspass","SIMULATION_ID":"%s","MODEL_ID":"m","MODEL_SECONDS":"%s"}}]}\
        """
            .formatted(simulation, server.broker().port(), simulation, seconds);
    return server.send("POST", "/api/v1/deployments", body);
  }

  private String modelState(String model) {
    return server.app().records().models("", Set.of(), "", 100).items().stream()
        .filter(m -> m.id().equals(model))
        .map(ModelView::state)
        .findFirst()
        .orElse("");
  }

  @Test
  void deploymentIsMadeShownStoppedAndRemembered() throws Exception {
    HttpResponse<String> made = deploy("rest", "600");
    assertThat(made.statusCode()).isEqualTo(201);
    JsonNode deployment = TestServer.JSON.readTree(made.body());
    assertThat(deployment.get("id").asString()).isEqualTo("dots-so~rest~1");
    String model = "dots-so~rest~1~m";
    TestServer.await("it runs", () -> modelState(model).equals("running"));
    assertThat(server.get("/deployments/dots-so~rest~1").get("state").asString())
        .isEqualTo("ready");
    assertThat(server.get("/deployments?state=ready").get("items").toString())
        .contains("dots-so~rest~1");
    JsonNode models = server.get("/models?deployment=dots-so~rest~1").get("items");
    assertThat(models.size()).isEqualTo(1);
    String workload = server.get("/models/" + model).get("workload").asString();
    assertThat(server.get("/workloads/" + workload).get("state").asString()).isEqualTo("running");
    assertThat(server.get("/workloads?state=running").get("items").toString()).contains(workload);

    HttpResponse<String> again = deploy("rest", "600");
    assertThat(again.statusCode()).isBetween(200, 201);
    HttpResponse<String> other = deploy("rest", "601");
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(TestServer.JSON.readTree(other.body()).get("detail").asString()).contains("rest");

    assertThat(server.send("POST", "/api/v1/deployments/dots-so~rest~1/stop", "").statusCode())
        .isEqualTo(202);
    TestServer.await("it ended", () -> modelState(model).equals("failed"));
    assertThat(server.get("/models/" + model).get("exitCode").asInt()).isEqualTo(143);
    TestServer.await(
        "its last lines are kept",
        () -> !server.app().records().model(model).lastLines().isEmpty());
    assertThat(server.get("/models/" + model).get("lastLines").get(0).asString())
        .isEqualTo("model m begins");
    HttpResponse<String> log = server.send("GET", "/api/v1/models/" + model + "/logs", "");
    assertThat(log.body()).isEqualTo("model m begins\n");
  }

  @Test
  void logIsFollowedWhileTheModelRuns() throws Exception {
    assertThat(deploy("logs", "600").statusCode()).isEqualTo(201);
    String model = "dots-so~logs~1~m";
    TestServer.await("it runs", () -> modelState(model).equals("running"));
    try (InputStream log = open("/api/v1/models/" + model + "/logs?follow=true");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(log, StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("model m begins");
      assertThat(server.send("POST", "/api/v1/models/" + model + "/stop", "").statusCode())
          .isEqualTo(202);
      assertThat(lines.readLine()).isNull();
    }
    TestServer.await("it ended", () -> modelState(model).equals("failed"));
  }

  @Test
  void commandsFilesAndUsageAreThoseOfTheModelThatRuns() throws Exception {
    assertThat(deploy("inside", "600").statusCode()).isEqualTo(201);
    String model = "dots-so~inside~1~m";
    TestServer.await("it runs", () -> modelState(model).equals("running"));
    String workload = "/workloads/" + server.get("/models/" + model).get("workload").asString();
    String path = "/api/v1" + workload;

    JsonNode done =
        TestServer.JSON.readTree(
            server
                .send(
                    "POST",
                    path + "/exec",
                    "{\"command\":[\"/bin/sh\",\"-c\",\"echo $MODEL_ID; exit 3\"]}")
                .body());
    assertThat(done.get("exitCode").asInt()).isEqualTo(3);
    assertThat(done.get("output").asString()).isEqualTo("m\n");
    assertThat(server.send("POST", path + "/exec", "{\"command\":[]}").statusCode()).isEqualTo(400);

    assertThat(server.get(workload + "/usage").get("memoryBytes").asLong()).isPositive();

    assertThat(server.send("PUT", path + "/files?path=notes.txt", "kept").statusCode())
        .isEqualTo(204);
    assertThat(server.send("GET", path + "/files?path=notes.txt", "").body()).isEqualTo("kept");
    HttpResponse<String> up = server.send("GET", path + "/files?path=../x", "");
    assertThat(up.statusCode()).isEqualTo(400);
    assertThat(up.body()).contains("steps up");
    assertThat(server.send("GET", path + "/files?path=.tutti/pid", "").statusCode()).isEqualTo(409);
    assertThat(server.send("GET", path + "/files?path=none", "").statusCode()).isEqualTo(404);
    assertThat(server.send("POST", "/api/v1/models/" + model + "/stop", "").statusCode())
        .isEqualTo(202);
  }

  private InputStream open(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(path))
            .header("Authorization", "Bearer " + server.app().token())
            .timeout(TestServer.SOON);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    HttpResponse<InputStream> answer =
        server.http().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void eventsGoOnAfterTheLastOneSeen() throws Exception {
    assertThat(deploy("events", "0.1").statusCode()).isEqualTo(201);
    TestServer.await("it ended", () -> modelState("dots-so~events~1~m").equals("succeeded"));
    JsonNode page = server.get("/events?owner=deployment:dots-so~events&limit=1000").get("items");
    List<String> types = new ArrayList<>();
    page.forEach(event -> types.add(event.get("type").asString()));
    assertThat(types)
        .containsSubsequence(
            "deployment.accepted",
            "model.created",
            "model.running",
            "deployment.ready",
            "model.terminated",
            "deployment.ended");
    long second = page.get(1).get("number").asLong();
    try (InputStream stream =
            open(
                "/api/v1/events?owner=deployment:dots-so~events",
                "Accept",
                "text/event-stream",
                "Last-Event-ID",
                String.valueOf(second));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      List<String> followed = new ArrayList<>();
      while (!followed.contains("deployment.ended")) {
        String line = lines.readLine();
        assertThat(line).isNotNull();
        if (line.startsWith("event:")) {
          followed.add(line.substring(6).strip());
        }
      }
      assertThat(followed).isEqualTo(types.subList(2, types.indexOf("deployment.ended") + 1));
    }
  }

  @Test
  void imagesAreAddedShownAndRemoved() throws Exception {
    String path = "/api/v1/images/" + TestServer.encoded("registry.example/a b:1");
    assertThat(server.send("PUT", path, "{\"command\":[\"/bin/true\"]}").statusCode())
        .isEqualTo(200);
    assertThat(server.send("GET", path, "").body()).contains("/bin/true");
    assertThat(server.get("/images").get("items").toString()).contains("registry.example/a b:1");
    assertThat(server.send("DELETE", path, "").statusCode()).isEqualTo(204);
    assertThat(server.send("GET", path, "").statusCode()).isEqualTo(404);
    assertThat(server.send("DELETE", path, "").statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsWrongIsSaidAllAtOnceAsAProblem() throws Exception {
    HttpResponse<String> wrong =
        server.send(
            "POST",
            "/api/v1/deployments",
            """
            {"simulatorName":"nobody","simulatorId":"so","simulationId":"a/b","keepLogsHours":-1,
             "models":[{"id":"m","image":"tiny:1"},{"id":"m","image":"tiny:1"}]}\
            """);
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(TestServer.JSON.readTree(wrong.body()).get("detail").asString())
        .contains("simulatorName", "simulationId", "models[1].id", "keepLogsHours");
    for (List<String> call :
        List.of(
            List.of("POST", "/api/v1/deployments", "{", "400"),
            List.of("POST", "/api/v1/deployments", "[]", "400"),
            List.of("POST", "/api/v1/deployments", "{}", "400"),
            List.of("POST", "/api/v1/deployments", "{\"unknown\":1}", "400"),
            List.of(
                "POST",
                "/api/v1/deployments",
                "{\"simulatorId\":\"so\",\"simulationId\":\"s\",\"models\":[null]}",
                "400"),
            List.of(
                "POST",
                "/api/v1/deployments",
                "{\"simulatorId\":\"so\",\"simulationId\":\"s\",\"models\":[{\"id\":\"m\"}]}",
                "400"),
            List.of(
                "POST",
                "/api/v1/deployments",
                "{\"simulatorId\":\"so\",\"simulationId\":\"s\",\"models\":[{\"id\":\"m\",\"image\":\"i\",\"environment\":{\"A\":null}}]}",
                "400"),
            List.of("PUT", "/api/v1/images/x", "{\"command\":[]}", "400"),
            List.of("PUT", "/api/v1/images/x", "{\"command\":[null]}", "400"),
            List.of(
                "PUT",
                "/api/v1/images/x",
                "{\"command\":[\"a\"],\"environment\":{\"A\":null}}",
                "400"),
            List.of("GET", "/api/v1/deployments?state=odd", "", "400"),
            List.of("GET", "/api/v1/deployments?limit=0", "", "400"),
            List.of("GET", "/api/v1/events?after=x", "", "400"),
            List.of("GET", "/api/v1/events?owner=x", "", "400"),
            List.of("GET", "/api/v1/deployments/nobody", "", "404"),
            List.of("GET", "/api/v1/models/nobody", "", "404"),
            List.of("POST", "/api/v1/models/nobody/stop", "", "404"),
            List.of("GET", "/api/v1/models/nobody/logs", "", "404"),
            List.of("GET", "/api/v1/workloads/nobody", "", "404"),
            List.of("GET", "/api/v1/nothing", "", "404"),
            List.of("DELETE", "/api/v1/deployments", "", "405"))) {
      HttpResponse<String> answer = server.send(call.get(0), call.get(1), call.get(2));
      assertThat(answer.statusCode())
          .as("%s: %s", call, answer.body())
          .isEqualTo(Integer.parseInt(call.get(3)));
      assertThat(answer.body()).as("%s", call).contains("\"detail\"").doesNotContain("Exception");
    }
  }

  @Test
  void nobodyGetsInWithoutTheToken() throws Exception {
    for (String path :
        List.of("/deployments", "/models", "/workloads", "/images", "/events", "/version")) {
      for (String token : List.of("", "Bearer", "Bearer wrong", "Basic " + server.app().token())) {
        HttpResponse<String> refused =
            server.send("GET", "/api/v1" + path, "", "Authorization", token);
        assertThat(refused.statusCode()).as("%s with '%s'", path, token).isEqualTo(401);
      }
    }
  }

  @Test
  void probesAndMetricsAnswer() throws Exception {
    assertThat(server.send("GET", "/healthz", "", "Authorization", "").statusCode()).isEqualTo(200);
    TestServer.await(
        "it is ready",
        () -> {
          try {
            return server.send("GET", "/readyz", "", "Authorization", "").statusCode() == 200;
          } catch (Exception failed) {
            throw new IllegalStateException(failed);
          }
        });
    assertThat(server.metric("tutti_places_limit")).isPositive();
    assertThat(server.get("/version").toString()).contains("process");
  }
}
