package dev.tutti.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.backplane.Health;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Role;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class HealthAndMetricsTest {

  private final PrometheusMetrics metrics = new PrometheusMetrics();

  private HttpServer serving(HealthCheck... checks) {
    return HttpServer.start(
        HttpSettings.loopback(0).withToken("secret"),
        List.of(HealthEndpoints.surface(List.of(checks)), metrics.surface(Role.VIEWER)),
        metrics);
  }

  private static HttpResponse<String> get(HttpServer server, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(server.uri() + path)).build(), BodyHandlers.ofString());
    }
  }

  @Test
  void processThatIsUpSaysSoToAnyone() throws Exception {
    try (HttpServer server = serving()) {
      assertThat(get(server, "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(server, "/readyz").body()).isEqualTo("{\"ready\":true,\"checks\":[]}");
    }
  }

  @Test
  void onePartThatIsNotWellMakesItUnready() throws Exception {
    AtomicBoolean well = new AtomicBoolean(true);
    try (HttpServer server =
        serving(
            new HealthCheck("store", () -> new Health(true, "1 MB")),
            new HealthCheck("broker", () -> new Health(well.get(), "port 1883")))) {
      assertThat(get(server, "/readyz").statusCode()).isEqualTo(200);
      well.set(false);
      var response = get(server, "/readyz");
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body())
          .isEqualTo(
              """
              {"ready":false,"checks":[{"name":"store","healthy":true,"detail":"1 MB"},\
              {"name":"broker","healthy":false,"detail":"port 1883"}]}\
              """);
    }
  }

  @Test
  void checkThatFailsOrHangsIsNotWell() throws Exception {
    try (HttpServer server =
        serving(
            new HealthCheck(
                "broken",
                () -> {
                  throw new IllegalStateException("no idea");
                }),
            new HealthCheck("hanging", HealthAndMetricsTest::hang))) {
      assertThat(get(server, "/readyz").body())
          .contains("no idea", "It does not answer within 2 s.");
    }
    assertThat(Threads.ofServer()).isEmpty();
  }

  private static Health hang() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Health(true, "late");
  }

  @Test
  void countersAndGaugesAreShown() {
    metrics.counter("tutti_things_total", "Things.", "kind").add("small", 2);
    metrics.counter("tutti_things_total", "Things.", "kind").add("small", 3);
    metrics.gauge("tutti_level", "Level.", () -> 42);
    metrics.gauge(
        "tutti_broken",
        "Broken.",
        () -> {
          throw new IllegalStateException("no value");
        });
    assertThat(metrics.text())
        .contains(
            "# HELP tutti_things_total Things.",
            "tutti_things_total{kind=\"small\"} 5.0",
            "# TYPE tutti_level gauge",
            "tutti_level 42.0",
            "tutti_broken NaN",
            "jvm_heap_used_bytes ",
            "jvm_heap_max_bytes ",
            "jvm_threads_current ",
            "process_open_fds ",
            "process_uptime_seconds ");
  }

  @Test
  void requestsAreCountedByRouteAndClassOfStatus() throws Exception {
    try (Running running = Running.with(Running.get("/models/{id}", _ -> Answer.noContent()))) {
      running.get("/api/v1/models/a");
      running.get("/api/v1/models/b");
      running.get("/nothing/1");
      running.get("/nothing/2");
      var response = running.get("/metrics");
      assertThat(response.headers().firstValue("Content-Type"))
          .contains("text/plain; version=0.0.4; charset=utf-8");
      assertThat(response.body())
          .contains(
              "tutti_http_request_seconds_count"
                  + "{method=\"GET\",route=\"/api/v1/models/{id}\",status=\"2xx\"} 2",
              "tutti_http_request_seconds_count"
                  + "{method=\"any\",route=\"unmatched\",status=\"4xx\"} 2");
    }
  }

  @Test
  void metricsMayNeedTheToken() throws Exception {
    try (HttpServer server = serving()) {
      assertThat(get(server, "/metrics").statusCode()).isEqualTo(401);
    }
  }
}
