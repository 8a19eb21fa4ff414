package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.app.SoakRound.Disturbance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Rounds of trouble for one server. In the first third of the time it is killed and restarted now
 * and then; what follows is one long life, so that its figures can be compared; at the end it is
 * killed once more.
 */
final class Soak implements AutoCloseable {

  private static final int SAMPLES = 60;
  private static final Duration GONE_WITHIN = Duration.ofSeconds(30);

  /** The model of this soak: a shell that tries for a while to reach the broker. */
  private static final String SCRIPT =
      """
      [ "${EXIT_CODE:-0}" = 1 ] && exit 1
      [ -n "$QUIET" ] && exec sleep "$QUIET"
      tries=0
      until mosquitto_pub -h "$MQTT_HOST" -p "$MQTT_PORT" -u "$MQTT_USERNAME" -P "$MQTT_PASSWORD" -q 1 \\
        -t "/lifecycle/model/mso/$SIMULATION_ID/$MODEL_ID/ReadyForProcessing" -n 2>/dev/null; do
        tries=$((tries + 1))
        [ $tries -lt 40 ] || exit 3
        sleep 0.2
      done
      [ "${EXIT_CODE:-0}" = 2 ] && exit 2
      exec sleep "${MODEL_SECONDS:-0.2}"
      """;

  private final Duration lasts;
  private final Random random;
  private final SoakReport report;
  private final Path folder;
  private final Optional<Mosquitto> mosquitto;
  private final MessageBroker broker;
  private final ServerProcess server;
  private final Observer observer;
  private int life = 1;

  Soak(boolean external, Duration lasts, long seed, SoakReport report) throws Exception {
    this.lasts = lasts;
    this.random = new Random(seed + (external ? 0 : 1));
    this.report = report;
    folder = Files.createTempDirectory("tutti-soak");
    mosquitto = external ? Optional.of(Mosquitto.remembering()) : Optional.empty();
    int port = external ? mosquitto.orElseThrow().port() : freePort();
    broker = new MessageBroker(!external, "127.0.0.1", port, Mosquitto.USER, Mosquitto.PASSWORD);
    server = new ServerProcess(folder, () -> Program.start(folder, environment(), "server"));
    server.put(
        "/api/v1/images/" + TestServer.encoded(Models.TINY),
        TestServer.JSON.writeValueAsString(Map.of("command", List.of("/bin/sh", "-c", SCRIPT))));
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
    environment.put("TUTTI_START_TIMEOUT", "12s");
    environment.put("TUTTI_DONE_GRACE", "500ms");
    environment.put("TUTTI_STOP_GRACE", "2s");
    environment.put("TUTTI_RETENTION_RECORDS", seconds(45));
    environment.put("TUTTI_RETENTION_EVENTS", seconds(20));
    return environment;
  }

  /** So short that what is kept is as much in the first minutes as in the last. */
  private String seconds(long atLeast) {
    return Math.max(atLeast, lasts.toSeconds() / 30) + "s";
  }

  void play() throws Exception {
    long begin = System.nanoTime();
    Duration between = lasts.dividedBy(SAMPLES);
    Duration next = Duration.ZERO;
    Duration at = Duration.ZERO;
    for (int number = 1; at.compareTo(lasts) < 0; number++) {
      boolean mayEnd = at.compareTo(lasts.dividedBy(3)) < 0;
      round("round-" + number, disturbances(mayEnd));
      at = Duration.ofNanos(System.nanoTime() - begin);
      if (at.compareTo(next) >= 0) {
        report.sample(at, life, server.footprint());
        next = at.plus(between);
      }
    }
    int longest = life;
    round("last", List.of(Disturbance.KILL_SERVER));
    assertThat(server.metric("tutti_places_used")).isZero();
    assertThat(server.metric("tutti_workload_orphans")).isZero();
    server.leave();
    report.requireFlat(longest);
  }

  private List<Disturbance> disturbances(boolean mayEnd) {
    List<Disturbance> possible = new ArrayList<>(List.of(Disturbance.values()));
    possible.removeIf(d -> d.endsServer() && !mayEnd);
    possible.removeIf(d -> d.ofBroker() && mosquitto.isEmpty());
    List<Disturbance> drawn = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      drawn.add(possible.get(random.nextInt(possible.size())));
    }
    return drawn;
  }

  private void round(String name, List<Disturbance> disturbances) throws Exception {
    SoakRound round = new SoakRound(name, random, broker, server, observer, report);
    try {
      round.ask();
      for (Disturbance disturbance : disturbances) {
        pause(800);
        disturb(disturbance);
        report.count(disturbance.name().toLowerCase(java.util.Locale.ROOT), 1);
      }
      server.awaitReadyAgain();
      round.finish();
      round.check(disturbances);
      TestServer.await(
          GONE_WITHIN,
          () -> "workloads are left: " + server.workloads(),
          () -> server.workloads().isEmpty());
      observer.forget();
      report.count("rounds", 1);
    } catch (AssertionError | Exception failure) {
      String lines = server.output();
      throw new AssertionError(
          "%s with %s failed; the server said last:%n%s"
              .formatted(name, disturbances, lines.substring(Math.max(0, lines.length() - 8_000))),
          failure);
    }
  }

  private void disturb(Disturbance disturbance) throws Exception {
    switch (disturbance) {
      case KILL_SERVER -> {
        server.kill();
        comeBack();
      }
      case RESTART_SERVER -> {
        server.leave();
        comeBack();
      }
      case FREEZE_SERVER -> {
        server.signal("STOP");
        pause(4_000);
        server.signal("CONT");
      }
      case KILL_MODELS -> {
        List<Long> alive = server.workloads();
        for (int i = Math.min(3, alive.size()); i > 0; i--) {
          Signals.send("KILL", alive.get(random.nextInt(alive.size())));
        }
      }
      case STOP_BROKER -> {
        mosquitto.orElseThrow().stop();
        pause(4_000);
        mosquitto.orElseThrow().start();
      }
      case FREEZE_BROKER -> {
        mosquitto.orElseThrow().signal("STOP");
        pause(4_000);
        mosquitto.orElseThrow().signal("CONT");
      }
    }
  }

  private void comeBack() throws Exception {
    pause(1_000);
    server.comeBack();
    life++;
  }

  /** The trouble lasts; nobody waits for anything here. */
  private void pause(int atMostMillis) throws InterruptedException {
    Thread.sleep(Duration.ofMillis(random.nextInt(atMostMillis)));
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
    server
        .workloads()
        .forEach(left -> ProcessHandle.of(left).ifPresent(ProcessHandle::destroyForcibly));
    mosquitto.ifPresent(Mosquitto::close);
    TestServer.delete(folder);
  }
}
