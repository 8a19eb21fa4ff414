package dev.tutti.benchmarks;

import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import dev.tutti.dots.LifecycleMessage;
import dev.tutti.dots.ModelId;
import dev.tutti.dots.SimulationId;
import dev.tutti.dots.Topic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The REST API of a whole server under 1,000 requests a second, while 200 models run. */
final class ApiLoad implements Benchmark {

  private static final int PER_SECOND = 1_000;
  private static final int DEPLOYMENTS = 4;
  private static final int MODELS = 50;
  private static final String API = "/api/v1";
  private static final String MODEL = API + "/models/dots-so~load-1~1~m7";

  @Override
  public String name() {
    return "api";
  }

  @Override
  public List<Figure> run(Session session) throws Exception {
    try (ServedProcess server = ServedProcess.ready(session);
        OpenLoop loop = new OpenLoop(server.http());
        KeptConnection connection = new KeptConnection(server.http())) {
      begin(server, connection);
      return measure(session, server, loop);
    }
  }

  private static List<Figure> measure(Session session, ServedProcess server, OpenLoop loop)
      throws IOException {
    Map<String, byte[]> kinds = kinds(server);
    List<byte[]> requests = List.copyOf(kinds.values());
    List<OpenLoop.Outcome> warm = loop.run(requests, PER_SECOND, session.quick() ? 10 : 30);
    session.say("warm after %,d requests".formatted(warm.size()));
    List<OpenLoop.Outcome> all = new ArrayList<>();
    List<Double> medians = new ArrayList<>();
    List<Double> slow = new ArrayList<>();
    List<Double> slowest = new ArrayList<>();
    for (int i = 0; i < session.repetitions(5, 3); i++) {
      List<OpenLoop.Outcome> outcomes = loop.run(requests, PER_SECOND, session.quick() ? 10 : 30);
      requireAnswers(outcomes, List.copyOf(kinds.keySet()));
      List<Double> millis = outcomes.stream().map(OpenLoop.Outcome::millis).toList();
      medians.add(Figure.percentile(millis, 50));
      slow.add(Figure.percentile(millis, 99));
      slowest.add(Figure.percentile(millis, 100));
      session.say("p50 %.2f ms, p99 %.2f ms".formatted(medians.getLast(), slow.getLast()));
      all.addAll(outcomes);
    }
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.of("1,000 requests/s, 200 models, p50", medians, "ms"));
    figures.add(Figure.of("1,000 requests/s, 200 models, p99", slow, "ms", Budget.atMost(50)));
    figures.add(Figure.of("1,000 requests/s, 200 models, slowest", slowest, "ms"));
    figures.addAll(ofKinds(all, List.copyOf(kinds.keySet())));
    return figures;
  }

  private static List<Figure> ofKinds(List<OpenLoop.Outcome> all, List<String> names) {
    List<Figure> figures = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int kind = i;
      List<Double> millis =
          all.stream()
              .filter(outcome -> outcome.kind() == kind)
              .map(OpenLoop.Outcome::millis)
              .toList();
      figures.add(Figure.of(names.get(i) + ", p99", List.of(Figure.percentile(millis, 99)), "ms"));
    }
    return figures;
  }

  private static void requireAnswers(List<OpenLoop.Outcome> outcomes, List<String> names) {
    Map<String, Long> others =
        outcomes.stream()
            .filter(outcome -> outcome.status() < 200 || outcome.status() > 299)
            .collect(
                Collectors.groupingBy(
                    outcome -> names.get(outcome.kind()) + " gave " + outcome.status(),
                    Collectors.counting()));
    if (!others.isEmpty()) {
      throw new IllegalStateException("not all was answered: " + others);
    }
  }

  /** All kinds of GET that answer at once, and what changes something: one in ten, durably. */
  private static Map<String, byte[]> kinds(ServedProcess server) throws IOException {
    Map<String, byte[]> kinds = new LinkedHashMap<>();
    for (String path :
        List.of(
            "/version",
            "/deployments",
            "/deployments/dots-so~load-1~1",
            "/deployments/dots-so~load-1~1/explain",
            "/models",
            "/models?limit=20",
            "/models?deployment=dots-so~load-2~1",
            "/workloads?limit=20",
            "/images",
            "/images/load",
            "/events?limit=20",
            "/simulations",
            "/owners",
            "/orphans",
            "/tokens",
            "/users")) {
      kinds.put("GET " + path, request(server, "GET", API + path, ""));
    }
    kinds.put("GET /models/{id}", request(server, "GET", MODEL, ""));
    kinds.put("GET /models/{id}/explain", request(server, "GET", MODEL + "/explain", ""));
    kinds.put("GET /models/{id}/logs", request(server, "GET", MODEL + "/logs?tail=10", ""));
    kinds.put("GET /readyz", request(server, "GET", "/readyz", ""));
    kinds.put("GET /metrics", request(server, "GET", "/metrics", ""));
    kinds.put("PUT /images/{reference}", request(server, "PUT", API + "/images/other", image()));
    kinds.put("POST /deployments", request(server, "POST", API + "/deployments", deployment(1)));
    return kinds;
  }

  private static byte[] request(ServedProcess server, String method, String path, String body)
      throws IOException {
    return KeptConnection.request(method, path, server.http(), server.token(), body);
  }

  private static String image() {
    return "{\"command\":[\"sh\",\"-c\",\"echo $MODEL_ID; exec sleep 3600\"]}";
  }

  private static String deployment(int number) {
    String models =
        IntStream.range(0, MODELS)
            .mapToObj("{\"id\":\"m%d\",\"image\":\"load\",\"environment\":{}}"::formatted)
            .collect(Collectors.joining(","));
    return "{\"simulatorId\":\"bench\",\"simulationId\":\"load-%d\",\"models\":[%s],\"keepLogsHours\":0}"
        .formatted(number, models);
  }

  /** Models that sleep, and say that they are ready. */
  private static void begin(ServedProcess server, KeptConnection connection) throws Exception {
    require(connection.exchange(request(server, "PUT", API + "/images/load", image())), "image");
    for (int i = 1; i <= DEPLOYMENTS; i++) {
      byte[] deploy = request(server, "POST", API + "/deployments", deployment(i));
      require(connection.exchange(deploy), "deployment");
    }
    Mqtt3AsyncClient client = FastModels.connected(server.mqtt());
    byte[] ready = new LifecycleMessage.ReadyForProcessing().encode();
    Stopwatch watch = new Stopwatch();
    for (int i = 1; i <= DEPLOYMENTS; i++) {
      for (int m = 0; m < MODELS; m++) {
        byte[] log =
            request(
                server,
                "GET",
                API + "/models/dots-so~load-%d~1~m%d/logs?tail=1".formatted(i, m),
                "");
        // It has a log once it was started; before that it could not be ready.
        while (connection.exchange(log) != 200) {
          if (watch.seconds() > 60) {
            throw new IllegalStateException("the models did not start");
          }
          Thread.sleep(20);
        }
        Topic topic =
            new Topic.ReadyForProcessing(new SimulationId("load-" + i), new ModelId("m" + m));
        var _ = client.publish(FastModels.message(new FastModels.Out(topic.text(), ready))).get();
      }
    }
    var _ = client.disconnect();
  }

  private static void require(int status, String what) {
    if (status < 200 || status > 299) {
      throw new IllegalStateException("%s gave %d".formatted(what, status));
    }
  }
}
