package dev.tutti.app;

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
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server of its own process, on ports that it keeps, that simulates the neighbourhood of the
 * examples with models of the SDK.
 */
final class NeighbourhoodServer implements AutoCloseable {

  private static final Duration STEPS_WITHIN = Duration.ofMinutes(2);

  private static final Path EXAMPLE = Path.of("../examples/neighbourhood");

  private final Path folder = Files.createTempDirectory("tutti-neighbourhood");
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final ServerProcess server;

  /** With the broker at this port of this machine, or with the embedded one. */
  private NeighbourhoodServer(Map<String, String> brokersPlace, int brokersPort) throws Exception {
    environment.put("TUTTI_DATA", folder.resolve("data").toString());
    environment.put("TUTTI_API_PORT", "0");
    environment.put("TUTTI_RESULTS_PORT", String.valueOf(freePort()));
    environment.putAll(brokersPlace);
    environment.put("MQTT_PORT", String.valueOf(brokersPort));
    environment.put("MQTT_USERNAME", Mosquitto.USER);
    environment.put("MQTT_PASSWORD", Mosquitto.PASSWORD);
    server =
        new ServerProcess(folder, () -> Program.ofTests(folder, environment, Main.class, "server"));
    for (JsonNode image : read("images.json").get("images")) {
      server.put(
          "/api/v1/images/" + TestServer.encoded(image.get("reference").asString()),
          TestServer.JSON.writeValueAsString(
              Map.of("command", command(image.get("mainClass").asString()))));
    }
  }

  private static JsonNode read(String file) throws IOException {
    return TestServer.JSON.readTree(Files.readString(EXAMPLE.resolve(file)));
  }

  static NeighbourhoodServer with(Mosquitto broker) throws Exception {
    return new NeighbourhoodServer(Map.of("MQTT_HOST", "127.0.0.1"), broker.port());
  }

  static NeighbourhoodServer withItsOwnBroker() throws Exception {
    return new NeighbourhoodServer(Map.of(), freePort());
  }

  private static List<String> command(String model) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(StartupCache.ofTests().flags());
    command.add("-Xmx64m");
    command.addAll(StartupCache.ofTests().program());
    command.add(model);
    return command;
  }

  /** Begins to simulate the day, and gives the id. */
  String begin() throws Exception {
    return begin(Map.of());
  }

  /** The same, with services that take part in every so-manieth step only. */
  String begin(Map<String, Integer> rates) throws Exception {
    JsonNode request = read("request.json");
    for (JsonNode service : request.get("calculation_services")) {
      String name = service.get("calc_service_name").asString();
      if (rates.containsKey(name)) {
        ((ObjectNode) service).put("every", rates.get(name));
      }
    }
    var answer = server.send("POST", "/api/v1/simulations/start", request.toString());
    if (answer.statusCode() / 100 != 2) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return TestServer.JSON.readTree(answer.body()).get("id").asString();
  }

  /** Begins a sweep of the day with these services alone, and shows it. */
  JsonNode beginSweep(Map<String, Object> sweep, List<String> services, int steps)
      throws Exception {
    ObjectNode request = (ObjectNode) read("request.json");
    request.put("nr_of_time_steps", steps);
    request.set("sweep", TestServer.JSON.valueToTree(sweep));
    ArrayNode kept = TestServer.JSON.createArrayNode();
    for (JsonNode service : request.get("calculation_services")) {
      if (services.contains(service.get("calc_service_name").asString())) {
        kept.add(service);
      }
    }
    request.set("calculation_services", kept);
    var answer = server.send("POST", "/api/v1/sweeps", request.toString());
    if (answer.statusCode() / 100 != 2) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return TestServer.JSON.readTree(answer.body());
  }

  /** A table of all simulations of a sweep. */
  List<String> sweepTable(String sweep, String table) throws Exception {
    return server
        .send("GET", "/api/v1/sweeps/" + TestServer.encoded(sweep) + "/results/" + table, "")
        .body()
        .lines()
        .toList();
  }

  /** Waits until this step has begun. */
  void awaitStep(String simulation, int step) {
    TestServer.await(
        STEPS_WITHIN,
        () -> "step " + step + "; it is " + show(simulation),
        () -> show(simulation).get("clock").get("step").asInt() >= step);
  }

  /** Waits for the end, and shows it. */
  JsonNode awaitEnd(String simulation) {
    TestServer.await(
        STEPS_WITHIN,
        () -> "the end; it is " + show(simulation) + server.output(),
        () -> show(simulation).get("state").asString().equals("ended"));
    return show(simulation);
  }

  /** Kills the server, {@code kill -9}, and starts it again; how many steps were done before. */
  int crash(String simulation) throws Exception {
    int finished = show(simulation).get("clock").get("finished").asInt();
    server.kill();
    server.comeBack();
    return finished;
  }

  /** The tables of results by their names, as CSV, with the lines in order. */
  Map<String, List<String>> tables(String simulation) throws Exception {
    Map<String, List<String>> tables = new TreeMap<>();
    String results = "/api/v1/simulations/" + TestServer.encoded(simulation) + "/results";
    for (JsonNode name : server.find(results).orElseThrow().get("measurements")) {
      String csv = server.send("GET", results + "/" + name.asString(), "").body();
      tables.put(name.asString(), csv.lines().map(line -> line.replace(simulation, "")).toList());
    }
    return tables;
  }

  private JsonNode show(String simulation) {
    try {
      return server.find("/api/v1/simulations/" + TestServer.encoded(simulation)).orElseThrow();
    } catch (IOException gone) {
      throw new java.io.UncheckedIOException(gone);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  String output() {
    return server.output();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    server.close();
    server
        .workloads()
        .forEach(left -> ProcessHandle.of(left).ifPresent(ProcessHandle::destroyForcibly));
    TestServer.delete(folder);
  }
}
