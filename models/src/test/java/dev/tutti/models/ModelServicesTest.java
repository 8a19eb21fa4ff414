package dev.tutti.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.backplane.testkit.SimulatedBackplane.Call;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.store.Query;
import dev.tutti.core.workload.Workload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What simulators and operators get, on a backplane and a bus that do as they are told. */
final class ModelServicesTest {

  private static final int PLACES = 6_000;

  private Stage stage = new Stage(DecisionWorld.settings(PLACES));

  @AfterEach
  void close() {
    stage.close();
  }

  private void stageWith(ModelsSettings settings) {
    stage.close();
    stage = new Stage(settings);
  }

  private void deployed(String simulation, int models) {
    stage.deploy(simulation, models);
    await().until(() -> stage.backplane.running() >= models);
  }

  private void awaitState(String simulation, DeploymentState state) {
    await().until(() -> stage.state(simulation).filter(state::equals).isPresent());
  }

  @Test
  void simulatorHearsThatAllAreReadyAndHowEachEnded() {
    deployed("s", 2);
    stage.ready("s", 0);
    stage.ready("s", 1);
    awaitState("s", DeploymentState.READY);
    stage.backplane.exit(stage.workload("s", 0), 0);
    stage.backplane.exit(stage.workload("s", 1), 3);
    awaitState("s", DeploymentState.ENDED);
    await().until(() -> stage.bus.count("AllModelsHaveTerminated") == 1);
    List<String> told = stage.bus.lifecycle();
    assertThat(told.getFirst()).isEqualTo("/lifecycle/mso/dots-so/s/ModelsReady");
    assertThat(told.subList(1, 3))
        .containsExactlyInAnyOrder(
            "/lifecycle/mso/dots-so/s/0-model/ModelHasTerminated",
            "/lifecycle/mso/dots-so/s/1-model/ModelHasTerminated");
    assertThat(told.getLast()).isEqualTo("/lifecycle/mso/dots-so/s/AllModelsHaveTerminated");
    assertThat(told).hasSize(4);
    assertThat(stage.bus.published())
        .contains(
            new RecordingBus.Published(
                "/lifecycle/mso/dots-so/s/1-model/ModelHasTerminated", new byte[] {8, 1, 16, 3}),
            new RecordingBus.Published(
                "/lifecycle/mso/dots-so/s/0-model/ModelHasTerminated", new byte[0]),
            new RecordingBus.Published(
                "/tutti/mso/dots-so/s/1-model/Reason",
                "{\"simulation\":\"s\",\"model\":\"1-model\",\"exitCode\":3,\"reason\":\"Error\"}"
                    .getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void onlyWhatIsNeededIsSubscribed() {
    assertThat(stage.bus.filters())
        .containsExactly(
            "/lifecycle/dots-so/mso/+/DeployModels",
            "/lifecycle/dots-so/mso/+/SimulationDone",
            "/lifecycle/model/mso/+/+/ReadyForProcessing");
  }

  @Test
  void messageIsAcknowledgedWhateverBecomesOfIt() {
    stage.bus.deliver("/lifecycle/dots-so/mso/s/DeployModels", new byte[] {1, 2, 3});
    stage.bus.deliver("odd", new byte[0]);
    stage.ready("unknown", 0);
    await().until(() -> stage.bus.acknowledged() == 3);
    deployed("s", 1);
    await().until(() -> stage.bus.acknowledged() == 4);
  }

  @Test
  void modelThatCannotBeStartedIsReportedWithItsCode() {
    stage.backplane.refuseStarts(ExitCodes.IMAGE_UNKNOWN, "ImageUnknown: fake_model:0.0.1");
    stage.deploy("s", 3);
    awaitState("s", DeploymentState.ENDED);
    await().until(() -> stage.bus.count("AllModelsHaveTerminated") == 1);
    assertThat(stage.bus.count("ModelHasTerminated")).isEqualTo(3);
    assertThat(stage.model("s", 0)).map(Model::code).contains(127);
  }

  @Test
  void startsWaitForABackplaneThatIsAway() {
    stage.backplane.unavailable(true);
    stage.deploy("s", 3);
    awaitState("s", DeploymentState.STARTING);
    stage.backplane.unavailable(false);
    await().until(() -> stage.backplane.running() == 3);
    assertThat(stage.backplane.started()).hasSize(3);
  }

  @Test
  void endThatNobodyPushedIsFoundByTheComparison() {
    deployed("s", 2);
    stage.backplane.loseObservations((_, seen) -> seen.terminal());
    stage.backplane.exit(stage.workload("s", 0), 5);
    stage.backplane.forget(stage.workload("s", 1));
    await()
        .until(() -> {
          stage.supervisor.compare();
          return stage.state("s").orElseThrow() == DeploymentState.ENDED;
        });
    assertThat(stage.model("s", 0)).map(Model::code).contains(5);
    assertThat(stage.model("s", 1)).map(Model::code).contains(ExitCodes.VANISHED);
  }

  @Test
  void endThatIsPushedTwiceIsToldOnce() {
    stage.backplane.duplicateObservations((_, _) -> true);
    deployed("s", 2);
    stage.backplane.exit(stage.workload("s", 0), 0);
    stage.backplane.exit(stage.workload("s", 1), 0);
    await().until(() -> stage.bus.count("AllModelsHaveTerminated") == 1);
    assertThat(stage.bus.count("ModelHasTerminated")).isEqualTo(2);
  }

  @Test
  void noticesWaitForTheBrokerAndLeaveInOrder() {
    deployed("s", 3);
    stage.bus.away(true);
    for (int i = 0; i < 3; i++) {
      stage.backplane.exit(stage.workload("s", i), i);
    }
    awaitState("s", DeploymentState.ENDED);
    assertThat(stage.bus.published()).isEmpty();
    stage.bus.away(false);
    await().until(() -> stage.bus.count("AllModelsHaveTerminated") == 1);
    assertThat(stage.bus.lifecycle().getLast()).endsWith("AllModelsHaveTerminated");
    assertThat(stage.bus.count("ModelHasTerminated")).isEqualTo(3);
  }

  @Test
  void halfADeploymentIsNeverStarted() {
    stageWith(DecisionWorld.settings(5));
    deployed("first", 4);
    stage.deploy("second", 3);
    stage.deploy("third", 1);
    awaitState("second", DeploymentState.QUEUED);
    stage.backplane.exit(stage.workload("first", 0), 0);
    assertThat(stage.state("second")).contains(DeploymentState.QUEUED);
    stage.backplane.exit(stage.workload("first", 1), 0);
    await().until(() -> stage.backplane.running() == 5);
    assertThat(stage.state("third")).contains(DeploymentState.QUEUED);
    for (int i = 2; i < 4; i++) {
      stage.backplane.exit(stage.workload("first", i), 0);
    }
    await().until(() -> stage.backplane.running() == 4);
  }

  @Test
  void stoppedDeploymentEndsWithTheCodeOfTheSignal() throws InterruptedException {
    deployed("s", 2);
    stage.deployments.stop("dots-so~s~1");
    awaitState("s", DeploymentState.ENDED);
    assertThat(stage.model("s", 0)).map(Model::code).contains(143);
  }

  @Test
  void restartAdoptsWhatRunsAndReportsOnceWhatEndedMeanwhile() {
    deployed("s", 3);
    stage.ready("s", 0);
    await().until(() -> stage.model("s", 0).orElseThrow().state() == ModelState.RUNNING);
    stage.stop();
    stage.backplane.exit(stage.workload("s", 1), 7);
    stage.restart();
    await().until(() -> stage.bus.count("ModelHasTerminated") == 1);
    assertThat(stage.model("s", 1)).map(Model::code).contains(7);
    assertThat(stage.model("s", 0)).map(Model::state).contains(ModelState.RUNNING);
    assertThat(stage.backplane.started()).hasSize(3);
    stage.backplane.exit(stage.workload("s", 0), 0);
    stage.backplane.exit(stage.workload("s", 2), 0);
    await().until(() -> stage.bus.count("AllModelsHaveTerminated") == 1);
    assertThat(stage.bus.count("ModelHasTerminated")).isEqualTo(3);
  }

  @Test
  void queuedDeploymentSurvivesARestart() {
    stageWith(DecisionWorld.settings(2));
    deployed("first", 2);
    stage.deploy("second", 2);
    awaitState("second", DeploymentState.QUEUED);
    stage.restart();
    assertThat(stage.state("second")).contains(DeploymentState.QUEUED);
    stage.backplane.exit(stage.workload("first", 0), 0);
    stage.backplane.exit(stage.workload("first", 1), 0);
    awaitState("second", DeploymentState.STARTING);
    await().until(() -> stage.backplane.running() == 2);
  }

  @Test
  void fiveThousandModelsCostAsManyCallsAndOneSmallDocument() {
    int models = 5_000;
    deployed("s", models);
    int size = stage.deployment("s", 1).orElseThrow().toString().length();
    for (int i = 0; i < models; i++) {
      stage.ready("s", i);
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> stage.state("s").orElseThrow() == DeploymentState.READY);
    for (int i = 0; i < models; i++) {
      stage.backplane.exit(stage.workload("s", i), 0);
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> stage.bus.count("AllModelsHaveTerminated") == 1);
    assertThat(stage.bus.count("ModelHasTerminated")).isEqualTo(models);
    assertThat(stage.bus.count("ModelsReady")).isEqualTo(1);
    assertThat(stage.backplane.calls(Call.START)).isEqualTo(models);
    assertThat(stage.backplane.calls(Call.LIST)).isLessThan(5);
    await().until(() -> stage.backplane.calls(Call.LOGS) == models);
    assertThat(stage.deployment("s", 1).orElseThrow().toString().length() - size).isLessThan(200);
    assertThat(stage.store.count(Workload.KIND, Query.all())).isEqualTo(models);
  }
}
