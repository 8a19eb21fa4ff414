package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.Metrics;
import dev.tutti.core.run.Engine;
import dev.tutti.core.run.ThreadAlarms;
import dev.tutti.core.store.Blobs;
import dev.tutti.core.surface.Surface;
import dev.tutti.dots.LifecycleMessage.ErrorOccurred;
import dev.tutti.http.HttpServer;
import dev.tutti.http.HttpSettings;
import dev.tutti.http.PrometheusMetrics;
import dev.tutti.store.testkit.InMemoryStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The orchestrator behind a real HTTP server; models and MSO are what a test lets them say. */
final class RestStage implements AutoCloseable {

  static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");
  static final String TOKEN = "the-instance-token";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  final PeerBus bus = new PeerBus();
  final Simulations simulations;
  final Planner planner = new Planner(PlanLimits.defaults(), () -> ZONE);
  final Clock clock = Clock.system(ZONE);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ThreadAlarms alarms = new ThreadAlarms(threads, clock);
  private final Engine engine =
      new Engine(new InMemoryStore(), clock, threads, alarms, Metrics.none());
  private final HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  RestStage(Path folder, Function<RestStage, List<Surface>> surfaces) {
    simulations =
        new Simulations(
            engine,
            new MemoryBlobs(),
            SimulationsSettings.of(
                ModelEnvironment.of("broker", 1883, "", ""), folder, "1.2.3-test"));
    SoProtocol protocol = new SoProtocol(engine, bus, simulations);
    engine.recover();
    simulations.recover();
    protocol.start();
    server =
        HttpServer.start(
            HttpSettings.loopback(0).withToken(TOKEN),
            surfaces.apply(this),
            new PrometheusMetrics());
  }

  URI uri() {
    return server.uri();
  }

  // ---- what clients do

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.uri() + path)).timeout(Duration.ofSeconds(30));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  HttpResponse<String> get(String path, String token) {
    return send(request(path).header("Authorization", "Bearer " + token));
  }

  HttpResponse<String> delete(String path, String token) {
    return send(request(path).header("Authorization", "Bearer " + token).DELETE());
  }

  HttpResponse<String> post(String path, String token, String body) {
    return send(
        request(path)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }

  static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  // ---- what peers do

  void modelsReady(String simulation) {
    awaitTopic("/lifecycle/dots-so/mso/" + simulation + "/DeployModels");
    bus.say("/lifecycle/mso/dots-so/" + simulation + "/ModelsReady", new byte[0]);
  }

  void parameterized(String simulation) {
    for (PlannedModel model : models(simulation)) {
      awaitTopic(
          "/lifecycle/dots-so/model/%s/%s/ModelParameters".formatted(simulation, model.modelId()));
      say(simulation, model, "Parameterized", new byte[0]);
    }
  }

  /** All models finish the step that was asked for as the how-manieth. */
  void calculated(String simulation, int step) {
    for (PlannedModel model : models(simulation)) {
      awaitTopics(
          "/lifecycle/dots-so/model/%s/%s/NewStep".formatted(simulation, model.modelId()), step);
    }
    models(simulation).forEach(m -> say(simulation, m, "CalculationsDone", new byte[0]));
  }

  void error(String simulation, String text) {
    say(
        simulation,
        models(simulation).getFirst(),
        "ErrorOccurred",
        new ErrorOccurred(text).encode());
  }

  void log(String simulation, String model, String text) {
    bus.say(
        "/log/model/dots-so/%s/%s".formatted(simulation, model),
        text.getBytes(StandardCharsets.UTF_8));
  }

  private void say(String simulation, PlannedModel model, String name, byte[] payload) {
    bus.say(
        "/lifecycle/model/dots-so/%s/%s/%s".formatted(simulation, model.modelId(), name), payload);
  }

  private List<PlannedModel> models(String simulation) {
    return simulations.models(simulation).stream().map(SimulatedModel::plan).toList();
  }

  private void awaitTopic(String topic) {
    awaitTopics(topic, 1);
  }

  private void awaitTopics(String topic, int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(bus.topics().stream().filter(topic::equals).count())
                .as(topic)
                .isGreaterThanOrEqualTo(count));
  }

  @Override
  public void close() {
    server.close();
    client.shutdownNow();
    engine.close();
    alarms.close();
    threads.shutdownNow();
  }

  private static final class MemoryBlobs implements Blobs {

    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();

    @Override
    public String put(byte[] content) {
      try {
        String hash =
            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        kept.put(hash, content);
        return hash;
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public Optional<byte[]> get(String hash) {
      return Optional.ofNullable(kept.get(hash));
    }

    @Override
    public Set<String> list() {
      return Set.copyOf(kept.keySet());
    }

    @Override
    public void delete(String hash) {
      kept.remove(hash);
    }
  }
}
