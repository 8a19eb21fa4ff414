package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import dev.tutti.dots.EnvironmentVariable;
import dev.tutti.dots.LifecycleMessage.DeployModels;
import dev.tutti.dots.ModelConfiguration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is wrong with a message harms that message at most (R-M4); on a real Mosquitto. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputTest {

  private static final int LIMIT = 40;
  private static final String REFUSED = " 0801107e";
  private static final String IMAGE_UNKNOWN = " 0801107f";
  private static final String START_FAILED = " 0801107d";

  private final Mosquitto broker = new Mosquitto();
  private final TestServer server =
      TestServer.start(
          "MQTT_PORT",
          String.valueOf(broker.port()),
          "TUTTI_LIMITS_WORKLOADS",
          String.valueOf(LIMIT));
  private Wire wire;
  private int good;

  HostileInputTest() throws Exception {
    wire = server.wire();
  }

  @BeforeAll
  void addModel() {
    server.app().images().add(Models.tiny("0"));
  }

  @BeforeEach
  void listen() throws Exception {
    wire.close();
    wire = server.wire();
    goodDeploymentWorks();
  }

  @AfterEach
  void stillWorks() throws Exception {
    goodDeploymentWorks();
    assertThat(server.send("GET", "/readyz", "").statusCode()).isEqualTo(200);
  }

  @AfterAll
  void close() {
    wire.close();
    server.close();
    broker.close();
  }

  private void goodDeploymentWorks() throws Exception {
    String simulation = "good-" + good++;
    deploy(simulation, Models.of(Models.model(server.broker(), simulation, "m")));
    wire.awaitAll("dots-so", simulation);
    assertThat(wire.ends("dots-so", simulation)).containsExactly("m ", "all");
  }

  private void deploy(String simulation, DeployModels request) throws Exception {
    wire.publish("/lifecycle/dots-so/mso/" + simulation + "/DeployModels", request.encode());
  }

  private double refused() throws Exception {
    return server.metric("tutti_dots_messages_refused_total{why=\"payload\"}");
  }

  @Test
  void payloadsThatAreNoMessageAreCountedAndForgotten() throws Exception {
    double before = refused();
    byte[] golden = WireReplayTest.golden();
    Random random = new Random(1);
    int sent = 0;
    for (int i = 0; i < 20; i++) {
      byte[] noise = new byte[random.nextInt(1, 200)];
      random.nextBytes(noise);
      noise[0] = (byte) 0x0f; // a wire type that there is not
      wire.publish("/lifecycle/dots-so/mso/noise-" + i + "/DeployModels", noise);
      wire.publish(
          "/lifecycle/dots-so/mso/cut-" + i + "/DeployModels",
          java.util.Arrays.copyOf(golden, 20 + i));
      sent += 2;
    }
    goodDeploymentWorks();
    assertThat(refused() - before).isEqualTo(sent);
  }

  @Test
  void topicsThatNobodyKnowsAreIgnored() throws Exception {
    for (String topic :
        List.of(
            "/lifecycle/dots-so/mso//DeployModels",
            "/lifecycle/dots-so/mso/DeployModels",
            "/lifecycle/dots-so/mso/a/b/DeployModels",
            "/lifecycle/DOTS-SO/mso/a/DeployModels",
            "lifecycle/dots-so/mso/a/DeployModels",
            "/lifecycle//mso/a/DeployModels",
            "/lifecycle/model/mso/nobody/m/ReadyForProcessing",
            "/lifecycle/model/mso///ReadyForProcessing",
            "/lifecycle/dots-so/mso/nobody/SimulationDone",
            "/lifecycle/dots-so/mso//SimulationDone")) {
      wire.publish(topic, WireReplayTest.golden());
    }
    goodDeploymentWorks();
    assertThat(wire.heard(h -> h.topic().startsWith("/lifecycle/mso/")))
        .allMatch(h -> h.topic().contains("/good-"));
  }

  @Test
  void oddIdsOfSimulationsAndModelsWorkLikeOthers() throws Exception {
    List<String> ids =
        List.of(
            "..", ".", " ", "a".repeat(300), "Straße", "日本", "😀", "a~1", "~", "\"'\\", "$(id)");
    for (int i = 0; i < ids.size(); i++) {
      String simulation = ids.get(i) + i;
      deploy(simulation, Models.of(Models.model(server.broker(), simulation, ids.get(i))));
      wire.awaitAll("dots-so", simulation);
      assertThat(wire.ends("dots-so", simulation))
          .as("id %s", ids.get(i))
          .containsExactly(ids.get(i) + " ", "all");
    }
  }

  @Test
  void idsThatWouldReadAlikeTogetherAreKeptApart() throws Exception {
    deploy(
        "twin",
        Models.of(
            Models.model(server.broker(), "twin", "1~x", "MODEL_SECONDS", "1", "EXIT_CODE", "2")));
    deploy("twin~1", Models.of(Models.model(server.broker(), "twin~1", "x", "MODEL_SECONDS", "1")));
    wire.awaitAll("dots-so", "twin");
    wire.awaitAll("dots-so", "twin~1");
    assertThat(wire.ends("dots-so", "twin")).containsExactly("1~x 08011002", "all");
    assertThat(wire.ends("dots-so", "twin~1")).containsExactly("x ", "all");
  }

  @Test
  void modelIdsThatNoTopicCanHoldAreRefusedAlone() throws Exception {
    int i = 0;
    for (String id :
        List.of(
            "a/b",
            "#",
            "+",
            "",
            "a\nb",
            "a\u0001b",
            "a\u007fb",
            "a\u0085b",
            "a\uffffb",
            "a\ufdd0b")) {
      String simulation = "no-topic-" + i++;
      deploy(
          simulation,
          Models.of(
              Models.model(server.broker(), simulation, id),
              Models.model(server.broker(), simulation, "m")));
      wire.awaitAll("dots-so", simulation);
      assertThat(wire.ends("dots-so", simulation))
          .as("model id %s", id)
          .containsExactlyInAnyOrder("m ", "all");
      wire.await(TestServer.SOON, h -> h.on("tutti", "mso", "dots-so", simulation, "Reason"));
    }
    assertThat(server.app().broker().embedded()).isFalse();
  }

  @Test
  void unknownImageEndsAtOnceWithItsCodeAndAReason() throws Exception {
    ModelConfiguration unknown = new ModelConfiguration("u", "nobody/knows:it", List.of());
    deploy("unknown-image", Models.of(unknown));
    wire.awaitAll("dots-so", "unknown-image");
    assertThat(wire.ends("dots-so", "unknown-image")).containsExactly("u" + IMAGE_UNKNOWN, "all");
    Wire.Heard reason =
        wire.await(
            TestServer.SOON, h -> h.on("tutti", "mso", "dots-so", "unknown-image", "u", "Reason"));
    assertThat(TestServer.JSON.readTree(reason.text()).get("exitCode").asInt()).isEqualTo(127);
    assertThat(reason.text()).contains("nobody/knows:it");
  }

  @Test
  void environmentReachesTheModelWhateverItHolds() throws Exception {
    String value = "line\n\"quoted\" $(id) `id` \\ é 😀\n".repeat(3_300).substring(0, 90_000);
    String simulation = "environment";
    deploy(
        simulation,
        Models.of(
            Models.model(
                server.broker(), simulation, "m", "SAY", value, "with space", "x", "1", "y")));
    wire.awaitAll("dots-so", simulation);
    assertThat(wire.ends("dots-so", simulation)).containsExactly("m ", "all");
    int bytes = value.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    assertThat(lastLines("dots-so~environment~1~m").getFirst()).isEqualTo(String.valueOf(bytes));
  }

  private List<String> lastLines(String model) {
    TestServer.await(
        "last lines of " + model, () -> !server.app().records().model(model).lastLines().isEmpty());
    return server.app().records().model(model).lastLines();
  }

  @Test
  void environmentOfAnySizeHarmsOnlyItsModel() throws Exception {
    int i = 0;
    for (List<Integer> sizes :
        List.of(List.of(100_000, 100_000, 100_000), List.of(200_000), List.of(5_000_000))) {
      String simulation = "large-" + i++;
      List<EnvironmentVariable> large = new ArrayList<>();
      for (int size : sizes) {
        large.add(new EnvironmentVariable("LARGE_" + large.size(), "x".repeat(size)));
      }
      ModelConfiguration good = Models.model(server.broker(), simulation, "good");
      large.addAll(good.environmentVariables());
      deploy(simulation, Models.of(new ModelConfiguration("large", Models.TINY, large), good));
      wire.awaitAll("dots-so", simulation);
      List<String> ends = wire.ends("dots-so", simulation);
      assertThat(ends).as("%s", sizes).hasSize(3).contains("good ").endsWith("all");
      assertThat(ends.stream().filter(e -> e.startsWith("large")).findFirst().orElseThrow())
          .as("%s", sizes)
          .isIn(
              "large ",
              "large 08011001",
              "large 08011003",
              "large" + START_FAILED,
              "large" + REFUSED);
    }
  }

  @Test
  void textsOfAnyLengthHarmOnlyTheirModel() throws Exception {
    String huge = "😀".repeat(200_000);
    List<EnvironmentVariable> many = new ArrayList<>();
    for (int i = 0; i < 30_000; i++) {
      many.add(new EnvironmentVariable("V" + i, ""));
    }
    List<ModelConfiguration> models =
        List.of(
            Models.model(server.broker(), "huge", "good"),
            new ModelConfiguration("image", huge, List.of()),
            new ModelConfiguration("many", Models.TINY, many),
            new ModelConfiguration(huge, Models.TINY, List.of()));
    deploy("huge", new DeployModels(huge, models, 0));
    wire.awaitAll("dots-so", "huge");
    assertThat(wire.ends("dots-so", "huge"))
        .contains("good ", "image" + REFUSED, "many" + REFUSED)
        .endsWith("all");
  }

  @Test
  void outputOfAnyKindLeavesItsModelAnEnd() throws Exception {
    String script = "yes \"$(printf '\\001%.0s' $(seq 1000))\" | head -n 100; exit 7";
    server
        .app()
        .images()
        .add(
            new dev.tutti.core.backplane.Image(
                "noisy:1", List.of("/bin/sh", "-c", script), "", java.util.Map.of()));
    List<EnvironmentVariable> large =
        List.of(
            new EnvironmentVariable("L", "x".repeat(120_000)),
            new EnvironmentVariable("M", "x".repeat(70_000)));
    deploy("noisy", Models.of(new ModelConfiguration("m", "noisy:1", large)));
    wire.awaitAll("dots-so", "noisy");
    assertThat(wire.ends("dots-so", "noisy")).containsExactly("m 08011007", "all");
    assertThat(lastLines("dots-so~noisy~1~m")).isNotEmpty();
    assertThat(server.get("/events?limit=1000&owner=deployment:dots-so~noisy").toString())
        .doesNotContain("owner.stuck");
  }

  @Test
  void environmentNamesThatCannotBeEndTheirModelAlone() throws Exception {
    String simulation = "names";
    ModelConfiguration nul = Models.model(server.broker(), simulation, "nul", "A\0B", "x");
    ModelConfiguration equals = Models.model(server.broker(), simulation, "equals", "A=B", "x");
    ModelConfiguration empty = Models.model(server.broker(), simulation, "empty", "", "x");
    deploy(
        simulation, Models.of(nul, equals, empty, Models.model(server.broker(), simulation, "m")));
    wire.awaitAll("dots-so", simulation);
    assertThat(wire.ends("dots-so", simulation))
        .containsExactlyInAnyOrder(
            "nul" + START_FAILED, "equals" + START_FAILED, "empty" + START_FAILED, "m ", "all");
  }

  @Test
  void tenThousandModelsAreRefusedAsAWhole() throws Exception {
    String simulation = "too-many";
    List<ModelConfiguration> models = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      models.add(new ModelConfiguration("m" + i, Models.TINY, List.of()));
    }
    deploy(simulation, new DeployModels("so", models, 0));
    goodDeploymentWorks();
    wire.await(
        Duration.ofSeconds(90),
        h -> h.on("lifecycle", "mso", "dots-so", simulation, "AllModelsHaveTerminated"));
    List<String> ends = wire.ends("dots-so", simulation);
    assertThat(ends).hasSize(10_001).endsWith("all").doesNotHaveDuplicates();
    assertThat(ends.subList(0, 10_000)).allMatch(e -> e.endsWith(REFUSED));
    assertThat(server.processes()).isEmpty();
  }

  @Test
  void modelIdListedTwiceRunsOnce() throws Exception {
    String simulation = "twice";
    deploy(
        simulation,
        Models.of(
            Models.model(server.broker(), simulation, "m"),
            Models.model(server.broker(), simulation, "m", "EXIT_CODE", "1")));
    wire.awaitAll("dots-so", simulation);
    assertThat(wire.ends("dots-so", simulation)).containsExactly("m ", "all");
  }

  @Test
  void requestWithoutModelsEndsAtOnce() throws Exception {
    wire.publish("/lifecycle/dots-so/mso/none/DeployModels", new byte[0]);
    wire.awaitAll("dots-so", "none");
    assertThat(wire.ends("dots-so", "none")).containsExactly("all");
    assertThat(wire.heard(h -> h.on("lifecycle", "mso", "dots-so", "none", "ModelsReady")))
        .isEmpty();
  }

  @Test
  void keepLogsHoursThatAreNoneAreReplacedWithANotice() throws Exception {
    int i = 0;
    for (double hours : new double[] {Double.NaN, -1, Double.POSITIVE_INFINITY, 1e300}) {
      String simulation = "keep-" + i++;
      deploy(
          simulation,
          new DeployModels("so", List.of(Models.model(server.broker(), simulation, "m")), hours));
      wire.awaitAll("dots-so", simulation);
      assertThat(wire.ends("dots-so", simulation)).containsExactly("m ", "all");
      Wire.Heard notice =
          wire.await(TestServer.SOON, h -> h.on("tutti", "mso", "dots-so", simulation, "Reason"));
      assertThat(TestServer.JSON.readTree(notice.text()).get("reason").asString())
          .startsWith("keepLogsHours");
    }
  }

  @Test
  void fiveMegabytesOfNoiseAreIgnored() throws Exception {
    double before = refused();
    byte[] noise = new byte[5_000_000];
    new Random(2).nextBytes(noise);
    noise[0] = (byte) 0x0f;
    wire.publish("/lifecycle/dots-so/mso/heavy/DeployModels", noise, MqttQos.AT_LEAST_ONCE);
    goodDeploymentWorks();
    assertThat(refused() - before).isEqualTo(1);
  }
}
