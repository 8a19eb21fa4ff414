package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.backplane.testkit.PrivateEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The first thing that anybody runs. */
class DemoIT {

  /** Seven runtimes start on their own engine, after six images were built. */
  private static final Duration CONTAINERS_WITHIN = Duration.ofMinutes(4);

  private Path folder = Path.of("");

  @BeforeEach
  void makeFolder() throws Exception {
    folder = Files.createTempDirectory("tutti-demo-test");
  }

  @AfterEach
  void deleteFolder() {
    TestServer.delete(folder);
  }

  private List<String> left() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("tutti"))
          .toList();
    }
  }

  @Test
  void demoEndsWellAndTellsOfBothCrashes() throws Exception {
    try (Program demo = Program.start(folder, Map.of("MODEL_SECONDS", "0.2"), "demo", "models")) {
      assertThat(demo.awaitEnd()).as(demo.output()).isZero();
      assertThat(demo.output())
          .contains("1-model crashed with exit code 1", "2-model crashed with exit code 2")
          .contains("Fake crashing before ReadyForProcessing", "4 models, 2 succeeded, 2 failed");
    }
    assertThat(left()).isEmpty();
    assertThat(TestServer.processesIn(folder)).isEmpty();
  }

  /** What it builds, starts and makes on the engine goes with it. */
  @Test
  void demoRunsOnContainersAndLeavesTheEngineAsItWas() throws Exception {
    PrivateEngine engine = PrivateEngine.shared();
    String images = engine.docker("images", "-aq");
    String networks = engine.docker("network", "ls", "-q");
    try (Program demo =
        Program.start(
            folder,
            Map.of("DOCKER_HOST", engine.host()),
            "demo",
            "--backplane",
            "docker",
            "--results",
            folder.resolve("tables").toString())) {
      assertThat(demo.awaitEnd(CONTAINERS_WITHIN)).as(demo.output()).isZero();
      assertThat(demo.output()).contains("step 96 of 96", "econnection");
    }
    assertThat(engine.docker("ps", "-aq")).isEmpty();
    assertThat(engine.docker("images", "-aq")).isEqualTo(images);
    assertThat(engine.docker("network", "ls", "-q")).isEqualTo(networks);
    assertThat(left()).isEmpty();
  }

  @Test
  void demoOfModelsRunsOnContainersOverABrokerOfThisMachineThatTheyReach() throws Exception {
    assertThat(onContainersOverABroker("models")).contains("4 models, 2 succeeded, 2 failed");
  }

  /** The same is played in {@link ContainersIT} without the demo around it. */
  @Test
  @Tag("long")
  void demoOfModelsRunsOnContainersOverTheEmbeddedBroker() throws Exception {
    try (Program demo =
        Program.start(
            folder,
            Map.of("MODEL_SECONDS", "0.2", "DOCKER_HOST", PrivateEngine.shared().host()),
            "demo",
            "models",
            "--backplane",
            "docker")) {
      assertThat(demo.awaitEnd(CONTAINERS_WITHIN)).as(demo.output()).isZero();
      assertThat(demo.output()).contains("(embedded", "4 models, 2 succeeded, 2 failed");
    }
  }

  @Test
  @Tag("long")
  void simulationRunsOnContainersOverABrokerOfThisMachineThatTheyReach() throws Exception {
    assertThat(
            onContainersOverABroker("simulation", "--results", folder.resolve("tables").toString()))
        .contains("step 96 of 96");
  }

  private String onContainersOverABroker(String demo, String... options) throws Exception {
    PrivateEngine engine = PrivateEngine.shared();
    try (NetworkOfTests network = new NetworkOfTests(engine);
        Mosquitto broker = Mosquitto.alsoAt(network.gateway())) {
      Map<String, String> environment =
          Map.of(
              "MODEL_SECONDS",
              "0.2",
              "DOCKER_HOST",
              engine.host(),
              "TUTTI_DOCKER_NETWORK",
              network.name());
      List<String> arguments = onDocker(demo, broker);
      arguments.addAll(List.of(options));
      try (Program program = Program.start(folder, environment, arguments.toArray(String[]::new))) {
        assertThat(program.awaitEnd(CONTAINERS_WITHIN)).as(program.output()).isZero();
        assertThat(program.output()).contains("(external, account dots)");
        assertThat(engine.docker("ps", "-aq")).isEmpty();
        assertThat(left()).isEmpty();
        return program.output();
      }
    }
  }

  @Test
  void demoWhoseContainersWouldNotReachTheBrokerSaysSoAtOnce() throws Exception {
    PrivateEngine engine = PrivateEngine.shared();
    String networks = engine.docker("network", "ls", "-q");
    try (Mosquitto broker = new Mosquitto();
        Program demo =
            Program.start(
                folder,
                Map.of("DOCKER_HOST", engine.host()),
                onDocker("models", broker).toArray(String[]::new))) {
      assertThat(demo.awaitEnd()).as(demo.output()).isEqualTo(1);
      assertThat(demo.output())
          .contains("The broker on this machine does not listen at")
          .doesNotContain("0-model");
    }
    assertThat(engine.docker("network", "ls", "-q")).isEqualTo(networks);
    assertThat(left()).isEmpty();
  }

  private static List<String> onDocker(String demo, Mosquitto broker) {
    List<String> arguments = new ArrayList<>(List.of("demo", demo, "--backplane", "docker"));
    arguments.addAll(optionsOf(broker));
    return arguments;
  }

  private static List<String> optionsOf(Mosquitto broker) {
    return List.of(
        "--mqtt-host",
        "127.0.0.1",
        "--mqtt-port",
        String.valueOf(broker.port()),
        "--mqtt-username",
        Mosquitto.USER,
        "--mqtt-password",
        Mosquitto.PASSWORD);
  }

  @Test
  void demoOnAnExternalBrokerGivesTheSameTablesAsOnTheEmbeddedOne() throws Exception {
    try (Mosquitto broker = new Mosquitto()) {
      List<String> external = summary(optionsOf(broker));
      assertThat(external).hasSizeGreaterThan(10).first().asString().startsWith("TABLE");
      assertThat(summary(List.of())).isEqualTo(external);
    }
  }

  /** What the demo shows of its results. */
  private List<String> summary(List<String> options) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("demo", "--results", folder.resolve("tables").toString()));
    arguments.addAll(options);
    try (Program demo = Program.start(folder, Map.of(), arguments.toArray(String[]::new))) {
      assertThat(demo.awaitEnd()).as(demo.output()).isZero();
      assertThat(demo.output().contains("(embedded")).isEqualTo(options.isEmpty());
      return demo.output()
          .lines()
          .dropWhile(line -> !line.startsWith("TABLE"))
          .takeWhile(line -> !line.startsWith("The tables"))
          .toList();
    }
  }

  @Test
  void demoThatIsInterruptedLeavesNothing() throws Exception {
    try (Program demo = Program.start(folder, Map.of("MODEL_SECONDS", "600"), "demo", "models")) {
      TestServer.await(
          "models run",
          () -> demo.output().contains("3-model") && !TestServer.processesIn(folder).isEmpty());
      demo.signal("INT");
      assertThat(demo.awaitEnd()).as(demo.output()).isNotZero();
      assertThat(demo.output()).doesNotContain("Exception");
    }
    assertThat(left()).isEmpty();
    assertThat(TestServer.processesIn(folder)).isEmpty();
  }
}
