package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.backplane.testkit.PrivateEngine;
import dev.tutti.core.bus.Bus;
import dev.tutti.dots.EnvironmentVariable;
import dev.tutti.dots.ModelConfiguration;
import dev.tutti.dots.SimulationId;
import dev.tutti.dots.SimulatorName;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** A whole Tutti whose models are containers of a real engine. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContainersIT {

  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final String FAKE = "fake_model:0.0.1";

  private static final PrivateEngine ENGINE = PrivateEngine.shared();
  private static TestServer server;
  private static ExampleImages examples;

  @BeforeAll
  static void start() throws Exception {
    TestExamples.lay();
    server = TestServer.start("TUTTI_BACKPLANE", "docker", "DOCKER_HOST", ENGINE.host());
    examples = server.app().backplaneParts().examples(server.app().images());
    examples.provide("fake-model", Map.of("MODEL_SECONDS", "1"));
    ENGINE.image("tutti-test/fails:1", List.of("sh", "-c", "exit 1"));
    ENGINE.image("tutti-test/exits:1", List.of("sh", "-c", "exit $EXIT_CODE"));
    ENGINE.image("tutti-test/brief:1", List.of("sh", "-c", "sleep 8; exit 5"));
    ENGINE.image("tutti-test/long:1", List.of("sleep", "600"));
  }

  /** And then nothing is left of all that the tests did. */
  @AfterAll
  static void everythingGoesWithTheLastTest() {
    server.app().down();
    server.app().backplaneParts().clear();
    examples.clear();
    assertThat(ENGINE.docker("ps", "-aq")).isEmpty();
    assertThat(ENGINE.docker("network", "ls", "-q", "--filter", "label=dev.tutti.instance"))
        .isEmpty();
    assertThat(ENGINE.docker("volume", "ls", "-q")).isEmpty();
    assertThat(ENGINE.docker("images", "-aq", "--filter", "label=dev.tutti.image")).isEmpty();
    assertThat(ENGINE.docker("images", "-q", "--filter", "dangling=true")).isEmpty();
    server.close();
  }

  /** Also when somebody has removed the bridge since the start; the demos play as it was made. */
  @Test
  @Order(1)
  void fourModelsHaveTheTimelineOfTheOriginalThroughOurBrokerOverTheBridge() throws Exception {
    assertThat(server.broker().embedded()).isTrue();
    ENGINE.docker("network", "prune", "--force");
    checkTimeline(server);
  }

  @Test
  @Order(2)
  void fourModelsHaveTheTimelineOfTheOriginalThroughAMosquittoThatListensOnTheBridge()
      throws Exception {
    try (NetworkOfTests network = new NetworkOfTests(ENGINE);
        Mosquitto broker = Mosquitto.alsoAt(network.gateway());
        TestServer another =
            TestServer.start(
                "TUTTI_BACKPLANE",
                "docker",
                "DOCKER_HOST",
                ENGINE.host(),
                "TUTTI_DOCKER_NETWORK",
                network.name(),
                "MQTT_PORT",
                String.valueOf(broker.port()))) {
      assertThat(another.broker().embedded()).isFalse();
      checkTimeline(another);
    }
  }

  private static void checkTimeline(TestServer tutti) throws Exception {
    String simulation = "sim02-abc";
    MessageBroker broker = tutti.broker();
    try (Wire wire = tutti.wire();
        Bus bus = broker.connect("simulator")) {
      Connections.await(bus, WITHIN);
      FakeSimulator simulator =
          new FakeSimulator(
              bus, new SimulatorName("dots-so"), new SimulationId(simulation), _ -> {});
      simulator.deploy(
          new FakeSimulator.BrokerForModels(
              "host.docker.internal", broker.port(), broker.username(), broker.password()));
      assertThat(simulator.await(WITHIN)).isTrue();
      wire.awaitAll("dots-so", simulation);
      assertThat(simulator.exitCodes())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of("0-model", 0, "1-model", 1, "2-model", 2, "3-model", 0));
      List<Wire.Heard> said = wire.lifecycle(simulation);
      assertThat(said.stream().map(h -> h.last() + " " + h.hex()))
          .containsExactlyInAnyOrder(
              "ReadyForProcessing ",
              "ReadyForProcessing ",
              "ReadyForProcessing ",
              "ModelHasTerminated 08011001",
              "ModelHasTerminated 08011002",
              "ModelHasTerminated ",
              "ModelHasTerminated ",
              "AllModelsHaveTerminated ");
      assertThat(said.getLast().last()).isEqualTo("AllModelsHaveTerminated");
      for (String model : List.of("0-model", "2-model", "3-model")) {
        int[] places =
            IntStream.range(0, said.size())
                .filter(i -> said.get(i).topic().contains("/" + model + "/"))
                .toArray();
        assertThat(said.get(places[0]).last()).isEqualTo("ReadyForProcessing");
        assertThat(said.get(places[1]).last()).isEqualTo("ModelHasTerminated");
      }
      assertThat(wire.heard(h -> h.topic().endsWith("1-model/Reason"))).isNotEmpty();
    }
    JsonNode crashed = tutti.get("/models/" + TestServer.encoded("dots-so~sim02-abc~1~1-model"));
    TestServer.await(
        "its last lines are kept",
        () -> lastLines(tutti, "dots-so~sim02-abc~1~1-model").contains("Fake crashing"));
    assertThat(crashed.get("exitCode").asInt()).isEqualTo(1);
    TestServer.await(WITHIN, () -> "containers: " + containers(), () -> containers().isEmpty());
  }

  private static String lastLines(TestServer tutti, String model) {
    try {
      return tutti.get("/models/" + TestServer.encoded(model)).get("lastLines").toString();
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  /** Of the server's; the engine has no others. */
  private static List<String> containers() {
    return ENGINE.docker("ps", "-a", "--format", "{{.Names}}").lines().toList();
  }

  @Test
  @Order(3)
  void brokerAndResultsListenForContainersAndForNobodyOutside() throws Exception {
    List<String> addresses = server.app().backplaneParts().addresses();
    assertThat(addresses).hasSize(2).startsWith("127.0.0.1").doesNotContain("0.0.0.0");
    for (int port : List.of(server.broker().port(), server.app().simulations().resultsPort())) {
      assertThat(listening(port)).containsExactlyInAnyOrderElementsOf(addresses);
    }
  }

  private static List<String> listening(int port) throws Exception {
    List<String> addresses = new ArrayList<>();
    String end = ":%04X".formatted(port);
    for (String file : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(file))) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields[1].endsWith(end) && fields[3].equals("0A")) {
          String hex = fields[1].substring(0, fields[1].length() - end.length());
          hex = hex.substring(hex.length() - 8);
          long address = Long.parseLong(hex, 16);
          addresses.add(
              "%d.%d.%d.%d"
                  .formatted(
                      address & 255, address >> 8 & 255, address >> 16 & 255, address >> 24 & 255));
        }
      }
    }
    return addresses;
  }

  @Test
  @Order(4)
  void imagesAreThoseOfTheEngineAndSomebodyElsesStay() throws Exception {
    JsonNode image = server.get("/images/" + TestServer.encoded(FAKE));
    assertThat(image.get("command").get(0).asString()).isEqualTo("/jre/bin/java");
    assertThat(image.get("details").get("builtByTutti").asBoolean()).isTrue();
    assertThat(server.get("/images").toString()).contains(FAKE, "tutti-test/busybox:1");
    HttpResponse<String> add = server.send("PUT", "/api/v1/images/x", "{\"command\": [\"true\"]}");
    assertThat(add.statusCode()).isEqualTo(409);
    assertThat(add.body()).contains("tutti image build");
    HttpResponse<String> remove =
        server.send("DELETE", "/api/v1/images/tutti-test%2Fbusybox:1", "");
    assertThat(remove.statusCode()).isEqualTo(409);
    assertThat(server.send("DELETE", "/api/v1/images/nobodys:1", "").statusCode()).isEqualTo(404);
  }

  @Test
  @Order(5)
  void doctorTellsWhichEngineItIs() throws Exception {
    assertThat(server.get("/doctor").toString())
        .contains("docker-engine", "Docker Engine", "API 1.", "cgroup v", "storage");
  }

  @Test
  @Order(6)
  void twentyCyclesLeaveNothingBehind() throws Exception {
    Map<String, List<String>> before = onTheEngine();
    cycles("short", 20);
    assertThat(onTheEngine()).isEqualTo(before);
  }

  /** And images that are built anew under their old names, again and again. */
  @Test
  @Tag("long")
  @Order(8)
  void hundredCyclesLeaveNothingBehind() throws Exception {
    Map<String, List<String>> before = onTheEngine();
    for (int i = 0; i < 10; i++) {
      examples.provide("fake-model", Map.of("MODEL_SECONDS", String.valueOf(i + 2)));
      cycles("long-" + i, 10);
    }
    examples.provide("fake-model", Map.of("MODEL_SECONDS", "1"));
    assertThat(onTheEngine()).isEqualTo(before);
  }

  @Test
  @Tag("long")
  @Order(9)
  void fiftyDeploymentsAtOnceAreEachToldOfTheirFourEndsAndThenOfTheLast() throws Exception {
    int deployments = 50;
    try (Wire wire = server.wire()) {
      for (int i = 0; i < deployments; i++) {
        wire.publish(
            "/lifecycle/dots-so/mso/many-" + i + "/DeployModels",
            Models.of(
                    IntStream.range(0, 4)
                        .mapToObj(code ->
                            new ModelConfiguration(
                                code + "-model",
                                "tutti-test/exits:1",
                                List.of(new EnvironmentVariable("EXIT_CODE", "" + code))))
                        .toArray(ModelConfiguration[]::new))
                .encode());
      }
      wire.await(
          Duration.ofMinutes(5),
          deployments,
          h -> h.last().equals("AllModelsHaveTerminated") && h.topic().contains("/many-"));
      for (int i = 0; i < deployments; i++) {
        assertThat(wire.ends("dots-so", "many-" + i))
            .as("many-%d", i)
            .hasSize(5)
            .endsWith("all")
            .contains("0-model ", "1-model 08011001", "2-model 08011002", "3-model 08011003");
      }
    }
    TestServer.await(WITHIN, () -> "containers: " + containers(), () -> containers().isEmpty());
  }

  /** All that an engine has, with layers that no name leads to. */
  private static Map<String, List<String>> onTheEngine() {
    return Map.of(
        "containers", lines("ps", "-aq"),
        "networks", lines("network", "ls", "-q"),
        "volumes", lines("volume", "ls", "-q"),
        "images", lines("images", "--format", "{{.Repository}}:{{.Tag}}"),
        "layers of no image", lines("images", "-q", "--filter", "dangling=true"));
  }

  private static List<String> lines(String... arguments) {
    return ENGINE.docker(arguments).lines().sorted().toList();
  }

  private static void cycles(String name, int count) throws Exception {
    try (Wire wire = server.wire()) {
      for (int i = 0; i < count; i++) {
        String simulation = name + "-cycle-" + i;
        wire.publish(
            "/lifecycle/dots-so/mso/" + simulation + "/DeployModels",
            Models.of(new ModelConfiguration("a", "tutti-test/fails:1", List.of())).encode());
        wire.awaitAll("dots-so", simulation);
      }
      assertThat(wire.heard(h -> h.topic().endsWith("/a/ModelHasTerminated")))
          .hasSize(count)
          .allMatch(h -> h.hex().equals("08011001"));
    }
    TestServer.await(WITHIN, () -> "containers: " + containers(), () -> containers().isEmpty());
    assertThat(server.metric("tutti_places_used")).isZero();
  }

  @Test
  @Order(7)
  void containersOutliveAKilledServerAndTheirEndsAreToldOnce() throws Exception {
    Path folder = Files.createTempDirectory("tutti-containers");
    try (Mosquitto broker = new Mosquitto();
        Wire wire = Wire.on(broker.port(), Mosquitto.USER, Mosquitto.PASSWORD)) {
      Map<String, String> environment = new LinkedHashMap<>();
      environment.put("TUTTI_BACKPLANE", "docker");
      environment.put("DOCKER_HOST", ENGINE.host());
      environment.put("TUTTI_DATA", folder.resolve("data").toString());
      environment.put("TUTTI_API_PORT", "0");
      environment.put("MQTT_HOST", "127.0.0.1");
      environment.put("MQTT_PORT", String.valueOf(broker.port()));
      environment.put("MQTT_USERNAME", Mosquitto.USER);
      environment.put("MQTT_PASSWORD", Mosquitto.PASSWORD);
      environment.put("TUTTI_START_TIMEOUT", "10m");
      try (ServerProcess process =
          new ServerProcess(
              folder, () -> Program.ofTests(folder, environment, Main.class, "server"))) {
        assertThat(process.output())
            .contains("The broker on this machine does not listen at")
            .contains("Docker  containers of network tutti-");
        assertThat(
                process
                    .send(
                        "POST",
                        "/api/v1/deployments",
                        """
                        {"simulatorId": "so", "simulationId": "killed", "models": [
                          {"id": "brief", "image": "tutti-test/brief:1", "environment": {}},
                          {"id": "long", "image": "tutti-test/long:1", "environment": {}}]}\
                        """)
                    .statusCode())
            .isEqualTo(201);
        TestServer.await("both run", () -> ENGINE.docker("ps", "-q").lines().count() == 2);
        process.kill();
        TestServer.await(
            "the brief one ended while nobody looked",
            () -> ENGINE.docker("ps", "-q").lines().count() == 1);
        process.comeBack();
        wire.await(
            WITHIN,
            h -> h.on("lifecycle", "mso", "dots-so", "killed", "brief", "ModelHasTerminated"));
        assertThat(
                process.send("POST", "/api/v1/deployments/dots-so~killed~1/stop", "").statusCode())
            .isEqualTo(202);
        wire.awaitAll("dots-so", "killed");
        assertThat(wire.ends("dots-so", "killed"))
            .containsExactly("brief 08011005", "long 0801108f01", "all");
        TestServer.await(WITHIN, () -> "containers: " + containers(), () -> containers().isEmpty());
        process.leave();
      }
    } finally {
      ENGINE.tryDocker("network", "rm", "tutti-" + EngineMark.loadOrCreate(folder.resolve("data")));
      TestServer.delete(folder);
    }
  }
}
