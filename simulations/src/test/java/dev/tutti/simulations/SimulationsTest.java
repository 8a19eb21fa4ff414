package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.Failure;
import dev.tutti.core.store.Query;
import dev.tutti.dots.Decoded;
import dev.tutti.dots.EnvironmentVariable;
import dev.tutti.dots.LifecycleMessage;
import dev.tutti.dots.MessageType;
import dev.tutti.dots.ModelConfiguration;
import dev.tutti.simulations.CalculationService.OnModelFailure;
import dev.tutti.simulations.Verdict.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simulations with a played MSO and played models, from the request to the last message. */
final class SimulationsTest {

  @TempDir private Path folder;

  private Stage stage;

  @BeforeEach
  void open() {
    stage = new Stage(Stage.settings(folder), new Peers(false));
  }

  private Stage stage(boolean sdk) {
    stage.close();
    stage = new Stage(Stage.settings(folder), new Peers(sdk));
    return stage;
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private Simulation ended(String id) {
    await().until(() -> stage.ended(id));
    return stage.find(id).orElseThrow();
  }

  /** Spec 5.2, as far as the SO says it; the MSO and the models are played. */
  @Test
  void timelineOfTwoServicesAndTwoStepsIsThatOfTheOriginal() throws Exception {
    stage(false);
    Plan plan =
        new Plan(
            "simulation-name",
            List.of(
                new PlannedModel("mock-service2-1", "mock_service2", "r/mock2:1", List.of("b-id")),
                new PlannedModel("mock-service1-1", "mock_service1", "r/mock1:1", List.of("a-id"))),
            List.of(),
            20);
    SimulationRequest request =
        new SimulationRequest(
            "simulation name",
            LocalDateTime.parse("2023-01-25T00:00:00"),
            ZoneOffset.UTC,
            3_600,
            2,
            10,
            1.5,
            "info",
            List.of(
                new CalculationService(
                    "Import", "mock_service1", "r/mock1:1", 1, OnModelFailure.FAIL),
                new CalculationService(
                    "ElectricityNetwork", "mock_service2", "r/mock2:1", 1, OnModelFailure.FAIL)),
            false,
            0);
    Simulation simulation = stage.simulations.start(request, Stage.ESDL, plan);
    String s = simulation.id();
    assertThat(s).matches("simulation-name-[0-9a-f]{8}");
    assertThat(ended(s).verdict().outcome()).isEqualTo(Outcome.SUCCEEDED);

    List<String> toModels = new ArrayList<>();
    for (String message : List.of("ModelParameters", "NewStep", "NewStep", "SimulationDone")) {
      for (String model : List.of("mock-service2-1", "mock-service1-1")) {
        toModels.add("/lifecycle/dots-so/model/%s/%s/%s".formatted(s, model, message));
      }
    }
    List<String> all = new ArrayList<>();
    all.add("/lifecycle/dots-so/mso/%s/DeployModels".formatted(s));
    all.addAll(toModels);
    all.add("/lifecycle/dots-so/mso/%s/SimulationDone".formatted(s));
    assertThat(stage.peers.bus.topics()).isEqualTo(all);

    deployModelsIsThatOfTheOriginal(s);
    String parameters =
        "{\"simulation_name\": \"simulation name\", \"start_timestamp\": 1674604800.0, "
            + "\"time_step_seconds\": 3600, \"nr_of_time_steps\": 2, \"calculation_services\": ["
            + "{\"esdl_type\": \"Import\", \"calc_service_name\": \"mock_service1\", "
            + "\"service_image_url\": \"r/mock1:1\", \"nr_of_models\": 1}, "
            + "{\"esdl_type\": \"ElectricityNetwork\", \"calc_service_name\": \"mock_service2\", "
            + "\"service_image_url\": \"r/mock2:1\", \"nr_of_models\": 1}], "
            + "\"esdl_base64string\": \"PGVzZGw6RW5lcmd5U3lzdGVtLz4=\", \"esdl_ids\": [\"%s\"]}";
    // Field 1, text; from 128 bytes on its length takes two bytes.
    assertThat(payload(1)).isEqualTo(text("0ad203", parameters.formatted("b-id")));
    assertThat(payload(2)).isEqualTo(text("0ad203", parameters.formatted("a-id")));
    String step = "{\"time_step_nr\": \"%d\", \"start_time_stamp\": %s}";
    for (int model = 0; model < 2; model++) {
      assertThat(payload(3 + model)).isEqualTo(text("0a37", step.formatted(1, "1674612000.0")));
      assertThat(payload(5 + model)).isEqualTo(text("0a37", step.formatted(2, "1674615600.0")));
      assertThat(payload(7 + model)).isEmpty();
    }
    assertThat(payload(9)).isEmpty();
  }

  private String payload(int index) {
    return HexFormat.of().formatHex(stage.peers.bus.published.get(index).payload());
  }

  private static String text(String head, String text) {
    return head + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private void deployModelsIsThatOfTheOriginal(String simulation) {
    byte[] payload = stage.peers.bus.published.getFirst().payload();
    assertThat(MessageType.DEPLOY_MODELS.decode(payload))
        .isInstanceOfSatisfying(
            Decoded.Message.class,
            decoded -> {
              LifecycleMessage.DeployModels message =
                  (LifecycleMessage.DeployModels) decoded.message();
              assertThat(message.simulatorId()).isEqualTo("SO");
              assertThat(message.keepLogsHours()).isEqualTo(1.5);
              assertThat(message.modelConfigurations())
                  .extracting(ModelConfiguration::modelId)
                  .containsExactly("mock-service2-1", "mock-service1-1");
              assertThat(message.modelConfigurations().getFirst().environmentVariables())
                  .containsExactly(
                      new EnvironmentVariable("MQTT_HOST", "broker.local"),
                      new EnvironmentVariable("MQTT_PORT", "1884"),
                      new EnvironmentVariable("MQTT_QOS", "0"),
                      new EnvironmentVariable("SIMULATOR_ID", "SO"),
                      new EnvironmentVariable("SIMULATION_ID", simulation),
                      new EnvironmentVariable("MODEL_ID", "mock-service2-1"),
                      new EnvironmentVariable("MQTT_USERNAME", "dots"),
                      new EnvironmentVariable("MQTT_PASSWORD", "dotspass"),
                      new EnvironmentVariable("INFLUXDB_HOST", ""),
                      new EnvironmentVariable("INFLUXDB_PORT", ""),
                      new EnvironmentVariable("INFLUXDB_USER", ""),
                      new EnvironmentVariable("INFLUXDB_PASSWORD", ""),
                      new EnvironmentVariable("INFLUXDB_NAME", ""),
                      new EnvironmentVariable("LOG_LEVEL", "INFO"));
            });
  }

  /** Acceptance 10. */
  @Test
  void nothingButTheThreeKnownNamesIsSaidToModelsBelowLifecycle() throws Exception {
    stage(true);
    Simulation simulation = stage.start(3, 3);
    stage.peers.silent.add("pv-service-2");
    await().until(() -> stage.peers.bus.topics().stream().anyMatch(t -> t.contains("WhereAreYou")));
    var _ = stage.simulations.cancel(simulation.id());
    ended(simulation.id());
    assertThat(stage.peers.bus.topics())
        .filteredOn(topic -> topic.startsWith("/lifecycle/dots-so/model/"))
        .allMatch(topic -> topic.matches(".*/(ModelParameters|NewStep|SimulationDone)"));
  }

  @Test
  void stepOf400ModelsIsOneCommit() throws Exception {
    stage(false);
    List<Integer> commits = new CopyOnWriteArrayList<>();
    int[] heard = {0};
    stage.peers.onStep =
        () -> {
          if (heard[0]++ % 400 == 0) {
            commits.add(stage.fuse.commits());
          }
        };
    Simulation simulation = stage.start(400, 30);
    assertThat(ended(simulation.id()).verdict().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(commits).hasSize(30);
    for (int step = 1; step < 30; step++) {
      assertThat(commits.get(step) - commits.get(step - 1)).as("step %d", step).isOne();
    }
  }

  @Test
  void esdlIsOnItsWayToSoManyModelsAtATime() throws Exception {
    stage.close();
    stage = new Stage(Stage.settings(folder, Duration.ofSeconds(30), 4), new Peers(false));
    Simulation simulation = stage.start(50, 1);
    ended(simulation.id());
    List<String> topics = stage.peers.bus.topics();
    assertThat(topics.stream().filter(t -> t.endsWith("/ModelParameters"))).hasSize(50);
    assertThat(topics.stream().filter(t -> t.endsWith("/ModelParameters")).distinct()).hasSize(50);
  }

  @Test
  void queueOfThreeRunsOneAfterAnotherWhenTheModelsOfTheLastAreGone() throws Exception {
    stage(false);
    stage.peers.silent.add("pv-service-1");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ids.add(
          stage
              .simulations
              .queue(Stage.request(2, 30, OnModelFailure.FAIL), Stage.ESDL, Stage.plan(2))
              .id());
    }
    assertThat(stage.simulations.waiting()).containsExactly(ids.get(1), ids.get(2));
    assertThat(stage.find(ids.get(2)).orElseThrow().statusText())
        .isEqualTo("all models registered");
    var _ = stage.simulations.prioritise(ids.get(2), 1);
    assertThat(stage.simulations.waiting()).containsExactly(ids.get(2), ids.get(1));
    await().until(() -> stage.peers.deployed.containsKey(ids.get(0)));
    stage.peers.silent.clear();
    var _ = stage.simulations.cancel(ids.get(0));
    ended(ids.get(2));
    ended(ids.get(1));
    List<String> turns =
        stage.peers.bus.topics().stream()
            .filter(t -> t.matches("/lifecycle/dots-so/mso/.*"))
            .map(t -> t.substring("/lifecycle/dots-so/mso/".length()))
            .toList();
    assertThat(turns)
        .containsExactly(
            ids.get(0) + "/DeployModels",
            ids.get(0) + "/SimulationDone",
            ids.get(2) + "/DeployModels",
            ids.get(2) + "/SimulationDone",
            ids.get(1) + "/DeployModels",
            ids.get(1) + "/SimulationDone");
    assertThat(stage.find(ids.get(0)).orElseThrow().verdict().outcome())
        .isEqualTo(Outcome.CANCELLED);
    assertThat(stage.find(ids.get(1)).orElseThrow().verdict().outcome())
        .isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void simulationThatWaitsCanBeCancelledAndTheQueueGoesOn() throws Exception {
    stage(false);
    stage.peers.silent.add("pv-service-1");
    SimulationRequest request = Stage.request(1, 30, OnModelFailure.FAIL);
    Simulation first = stage.simulations.queue(request, Stage.ESDL, Stage.plan(1));
    Simulation second = stage.simulations.queue(request, Stage.ESDL, Stage.plan(1));
    Simulation third = stage.simulations.queue(request, Stage.ESDL, Stage.plan(1));
    var _ = stage.simulations.cancel(second.id());
    await().until(() -> stage.simulations.waiting().equals(List.of(third.id())));
    stage.peers.silent.clear();
    var _ = stage.simulations.cancel(first.id());
    assertThat(ended(third.id()).verdict().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(stage.peers.deployed).doesNotContainKey(second.id());
  }

  @Test
  void severalSimulationsRunSideBySide() throws Exception {
    stage(true);
    Simulation large = stage.start(200, 40);
    Simulation small = stage.start(2, 40);
    assertThat(ended(small.id()).verdict().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ended(large.id()).verdict().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(stage.peers.puppets(large.id()))
        .allSatisfy(p -> assertThat(p.steps).hasSize(40).isSorted().doesNotHaveDuplicates());
  }

  @Test
  void simulationIsHeldAndGoesOn() throws Exception {
    stage(true);
    stage.peers.silent.add("pv-service-2");
    Simulation simulation = stage.start(2, 3);
    await().until(() -> stage.find(simulation.id()).orElseThrow().steps().open());
    assertThat(stage.simulations.pause(simulation.id()).paused()).isTrue();
    stage.peers.silent.clear();
    stage.peers.play(() ->
        stage.peers.bus.deliver(
            "/lifecycle/model/dots-so/%s/pv-service-2/CalculationsDone".formatted(simulation.id()),
            new byte[0],
            false));
    await()
        .until(() ->
            stage
                .find(simulation.id())
                .orElseThrow()
                .statusText()
                .equals("finished calculation step"));
    stage.restart();
    var _ = stage.simulations.resume(simulation.id());
    // The played model never says what it finished while it was silent.
    stage.peers.play(() -> stage.peers.puppets(simulation.id()).forEach(p -> p.finished = 1));
    assertThat(ended(simulation.id()).verdict().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void modelsShowWhoEverybodyWaitsFor() throws Exception {
    stage(true);
    stage.peers.silent.add("pv-service-2");
    Simulation simulation = stage.start(3, 2);
    await()
        .until(() ->
            stage.simulations.models(simulation.id()).stream()
                .map(SimulatedModel::state)
                .toList()
                .equals(
                    List.of(
                        ModelState.STEP_FINISHED,
                        ModelState.STEP_STARTED,
                        ModelState.STEP_FINISHED)));
    List<SimulatedModel> models = stage.simulations.models(simulation.id());
    assertThat(models).extracting(SimulatedModel::waitedFor).containsExactly(false, true, false);
    assertThat(models.getFirst().lastAnswer()).isPositive();
    var _ = stage.simulations.cancel(simulation.id());
    ended(simulation.id());
    assertThat(stage.simulations.models(simulation.id()))
        .extracting(m -> m.end().orElseThrow().exitCode())
        .containsExactly(0, 0, 0);
  }

  @Test
  void logsOfModelsAreKept() throws Exception {
    stage(true);
    Simulation simulation = stage.start(1, 0);
    stage.peers.play(() ->
        stage.peers.bus.deliver(
            "/log/model/dots-so/%s/pv-service-1".formatted(simulation.id()),
            "[ERROR] too dark".getBytes(StandardCharsets.UTF_8),
            false));
    await().until(() -> !stage.simulations.logs().read(simulation.id()).isEmpty());
    assertThat(stage.simulations.logs().read(simulation.id()).getFirst().level())
        .isEqualTo("ERROR");
  }

  @Test
  void provenanceNamesEverythingThatItWasMadeFrom() throws Exception {
    stage(true);
    Simulation simulation = stage.start(2, 0);
    Provenance provenance = simulation.provenance();
    assertThat(stage.simulations.esdl(provenance.esdl())).contains(Stage.ESDL);
    assertThat(provenance.images()).containsExactly("pv:1");
    assertThat(provenance.version()).isEqualTo("test");
    assertThat(provenance.seed()).isEqualTo(Inputs.seed(Stage.ESDL));
  }

  @Test
  void simulationWithoutModelsIsRefusedAndNothingIsKeptOfIt() {
    stage(true);
    assertThatThrownBy(() -> stage.start(0, 1)).isInstanceOf(Failure.Rejected.class);
    assertThat(stage.store.count(Simulation.KIND, Query.all())).isZero();
  }

  @Test
  void simulationStartsOverWhenAModelFailsThatSaysSo() throws Exception {
    stage(true);
    stage.peers.crashing.put("pv-service-2", 2);
    Simulation simulation =
        stage.simulations.start(
            Stage.request(3, 30, OnModelFailure.RESTART), Stage.ESDL, Stage.plan(3));
    Simulation over = ended(simulation.id());
    assertThat(over.verdict().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(over.run()).isEqualTo(2);
    assertThat(over.restarted()).containsExactly("pv-service-2");
    assertThat(stage.peers.puppets(simulation.id()))
        .allSatisfy(p -> assertThat(p.steps).containsExactly(1, 2, 3));
  }

  @Test
  void simulationGoesOnWithoutAModelThatIsNotNeeded() throws Exception {
    stage(false);
    stage.peers.crashing.put("pv-service-2", 2);
    Simulation simulation =
        stage.simulations.start(
            Stage.request(4, 30, OnModelFailure.CONTINUE), Stage.ESDL, Stage.plan(3));
    Simulation over = ended(simulation.id());
    assertThat(over.verdict().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(stage.peers.puppets(simulation.id()))
        .extracting(p -> p.steps.size())
        .containsExactly(4, 2, 4);
  }
}
