package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.dots.LifecycleMessage.DeployModels;
import dev.tutti.dots.ModelConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One data folder through many crashes: each simulation meets one, in the life after it it comes to
 * its end, and the next one begins there.
 *
 * <p>A simulation: half of its models run until they are stopped, the others end with 2 once all
 * were ready. Models announce themselves again and again, as those do that reconnect.
 */
final class CrashChain implements AutoCloseable {

  private static final Duration ENDS_WITHIN = Duration.ofMinutes(2);
  private static final String STOPPED = "0801108f01";
  private static final String ENDED = "08011002";
  private static final String UNSEEN = "080110ff01";

  /** What became of one simulation. */
  record Outcome(int position, boolean crashed, long modelsReady, long repeated) {}

  private final Path folder;
  private final CrashPlace place;
  private final Optional<Mosquitto> mosquitto;
  private final MessageBroker broker;
  private final int models;
  private final ServerProcess server;
  private final Observer observer;
  private int number;

  /**
   * Starts a server for many crashes.
   *
   * @param place where its models run
   * @param external whether its broker is Mosquitto
   */
  CrashChain(CrashPlace place, boolean external, int models) throws Exception {
    this.place = place;
    this.folder = place.folder();
    this.models = models;
    mosquitto = external ? Optional.of(new Mosquitto()) : Optional.empty();
    int port = external ? mosquitto.orElseThrow().port() : freePort();
    broker = new MessageBroker(!external, "127.0.0.1", port, Mosquitto.USER, Mosquitto.PASSWORD);
    server =
        new ServerProcess(
            folder, () -> Program.ofTests(folder, environment(), CrashingServer.class));
    place.prepare(server);
    observer = new Observer(port, Mosquitto.USER, Mosquitto.PASSWORD);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("TUTTI_DATA", folder.resolve("data").toString());
    environment.put("TUTTI_API_PORT", "0");
    environment.put("MQTT_HOST", broker.host());
    environment.put("MQTT_PORT", String.valueOf(broker.port()));
    environment.put("MQTT_USERNAME", broker.username());
    environment.put("MQTT_PASSWORD", broker.password());
    environment.put("TUTTI_DONE_GRACE", "0s");
    environment.put("TUTTI_STOP_GRACE", "5s");
    environment.putAll(place.settings());
    return environment;
  }

  /** Plays once without a crash and gives the number of positions. */
  int positions() throws Exception {
    Outcome outcome = play(0);
    assertThat(outcome).isEqualTo(new Outcome(0, false, 1, 0));
    server.say("count");
    return Integer.parseInt(server.awaitAfter("counted "));
  }

  /** Plays one simulation whose server halts at a position. */
  Outcome play(int position) throws Exception {
    String simulation = "s" + ++number;
    try {
      return new Simulation(simulation, position).play();
    } catch (AssertionError | Exception failure) {
      String lines = server.output();
      throw new AssertionError(
          "crashed at position %d of %s: %s; told %s; the server said last:%n%s"
              .formatted(
                  position,
                  simulation,
                  failure,
                  observer.of(simulation),
                  lines.substring(Math.max(0, lines.length() - 6_000))),
          failure);
    }
  }

  /** What the driver of one simulation did in this life of the server. */
  private final class Simulation {

    private final String name;
    private final String id;
    private final int position;
    private boolean crashed;
    private boolean asked;
    private boolean ending;
    private boolean stopped;

    Simulation(String name, int position) {
      this.name = name;
      this.id = "dots-so~" + name + "~1";
      this.position = position;
    }

    Outcome play() throws Exception {
      server.say("arm " + position);
      server.awaitAfter("armed   " + position + ".");
      if (mosquitto.isPresent()) {
        observer.publish("/lifecycle/dots-so/mso/" + name + "/DeployModels", request().encode());
      }
      long deadline = System.nanoTime() + ENDS_WITHIN.toNanos();
      while (!ended()) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("it hangs: " + left());
        }
      }
      return check();
    }

    private String left() throws Exception {
      return "alive %s, %s, %s"
          .formatted(
              server.isAlive(),
              server.find("/api/v1/deployments/" + id),
              place.isEmpty(server) ? "nothing of its workloads is left" : "workloads are left");
    }

    /** One look, and what follows from it; a crash may come between any two lines. */
    private boolean ended() throws Exception {
      try {
        if (!server.isAlive()) {
          crashed = true;
          asked = false;
          stopped = false;
          place.disturb();
          server.comeBack();
        }
        Optional<JsonNode> deployment = server.find("/api/v1/deployments/" + id);
        String state = deployment.map(d -> d.get("state").asString()).orElse("none");
        switch (state) {
          case "none" -> askByRest();
          case "ready" -> endHalf();
          case "ended" -> {
            return gone();
          }
          default -> pause();
        }
      } catch (IOException halted) {
        pause();
      }
      return false;
    }

    /**
     * The embedded broker acknowledges what it has in memory, so who wants more asks over REST; an
     * equal request that was followed already changes nothing.
     */
    private void askByRest() throws Exception {
      if (mosquitto.isEmpty() && !asked) {
        server.send("POST", "/api/v1/deployments", restRequest());
        asked = true;
      }
      pause();
    }

    private void endHalf() throws Exception {
      if (!ending) {
        ending = true;
        place.letEnd(name);
        place.disturb();
      }
      if (models("failed").size() == models / 2 && !stopped) {
        server.send("POST", "/api/v1/deployments/" + id + "/stop", "");
        stopped = true;
      }
      pause();
    }

    private List<JsonNode> models(String state) throws Exception {
      JsonNode page = server.find("/api/v1/models?deployment=" + id).orElseThrow();
      List<JsonNode> found = new ArrayList<>();
      page.get("items").forEach(found::add);
      found.removeIf(model -> !model.get("state").asString().equals(state));
      return found;
    }

    /** Of workloads nothing is left. */
    private boolean gone() throws Exception {
      if (!place.isEmpty(server)) {
        pause();
        return false;
      }
      return disarmed();
    }

    /** From here on nothing may halt it; false when it did before. */
    private boolean disarmed() throws IOException {
      server.say("disarm " + name);
      while (server.isAlive()) {
        if (server.output().contains("disarmed " + name + ".")) {
          return true;
        }
        pause();
      }
      return false;
    }

    private Outcome check() throws Exception {
      for (int i = 0; i < models; i++) {
        JsonNode model = server.find("/api/v1/models/" + id + "~m" + i).orElseThrow();
        assertThat(model.get("state").asString()).isEqualTo("failed");
        int exitCode = ends(i) ? 2 : 143;
        assertThat(model.get("exitCode").asInt())
            .isIn(exitCode, place.losesExitCodes() ? 255 : exitCode);
      }
      String prefix = "/lifecycle/mso/dots-so/" + name + "/";
      if (mosquitto.isPresent()) {
        assertThat(
                observer.await(
                    ENDS_WITHIN, n -> n.topic().equals(prefix + "AllModelsHaveTerminated")))
            .isTrue();
      }
      long repeated = times(prefix + "AllModelsHaveTerminated", "");
      for (int i = 0; i < models; i++) {
        String end = ends(i) ? ENDED : STOPPED;
        repeated +=
            times(
                prefix + "m" + i + "/ModelHasTerminated",
                end,
                place.losesExitCodes() ? UNSEEN : end);
      }
      long ready = count(prefix + "ModelsReady");
      assertThat(ready).as("ModelsReady never comes twice").isLessThanOrEqualTo(1);
      return new Outcome(position, crashed, ready, repeated);
    }

    /** How often a notice came more than once; at most one crash repeats it. */
    private long times(String topic, String... payloads) {
      List<Observer.Notice> told =
          observer.of(name).stream().filter(n -> n.topic().equals(topic)).toList();
      assertThat(told).allMatch(n -> List.of(payloads).contains(n.hex()));
      assertThat(told.stream().map(Observer.Notice::hex).distinct().count()).isLessThan(2);
      assertThat(told.size())
          .as("how often %s came", topic)
          .isBetween(mosquitto.isPresent() ? 1 : 0, crashed ? 2 : 1);
      return Math.max(0, told.size() - 1);
    }

    private long count(String topic) {
      return observer.of(name).stream().filter(n -> n.topic().equals(topic)).count();
    }

    private DeployModels request() {
      List<ModelConfiguration> all = new ArrayList<>();
      for (int i = 0; i < models; i++) {
        all.add(
            Models.model(
                broker, name, "m" + i, "GO", place.go(name), "ENDS", ends(i) ? "yes" : "no"));
      }
      return new DeployModels("matrix", all, 0);
    }

    private String restRequest() {
      List<Map<String, Object>> all = new ArrayList<>();
      for (ModelConfiguration model : request().modelConfigurations()) {
        Map<String, String> variables = new LinkedHashMap<>();
        model.environmentVariables().forEach(v -> variables.put(v.name(), v.value()));
        all.add(Map.of("id", model.modelId(), "image", Models.TINY, "environment", variables));
      }
      return TestServer.JSON.writeValueAsString(
          Map.of("simulatorId", "matrix", "simulationId", name, "models", all));
    }
  }

  private static boolean ends(int model) {
    return model % 2 == 1;
  }

  private static void pause() {
    java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    observer.close();
    server.close();
    place.clear(server);
    mosquitto.ifPresent(Mosquitto::close);
    TestServer.delete(folder);
  }
}
