package dev.tutti.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.backplane.testkit.SimulatedBackplane.Call;
import dev.tutti.core.Failure;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import dev.tutti.dots.LifecycleMessage.DeployModels;
import dev.tutti.dots.ModelConfiguration;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The situations in which the original orchestrator fails, one test for each row of the table, in
 * its order, and what ours does instead. The last row, SIGTERM, is about a process and is tested on
 * the packaged program.
 */
final class OriginalFailuresTest {

  private static final ModelsSettings IMPATIENT =
      new ModelsSettings(
          List.of("dots-so"),
          Duration.ofMillis(200),
          Duration.ofMillis(50),
          Duration.ofSeconds(1),
          Duration.ofDays(7),
          100);

  private Stage stage = new Stage(DecisionWorld.settings(100));

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void undecodableDeployModelsPayloadHarmsOnlyItself() {
    stage.bus.deliver("/lifecycle/dots-so/mso/bad/DeployModels", new byte[] {8, 1, 2, 3});
    await().until(() -> stage.bus.acknowledged() == 1);
    assertThat(stage.state("bad")).isEmpty();
    everythingWorks("later");
  }

  @Test
  void backplaneThatIsUnreachableDuringAComparisonIsAskedAgain() {
    running("s", 2);
    stage.backplane.loseObservations((_, seen) -> seen.terminal());
    stage.backplane.exit(stage.workload("s", 0), 0);
    stage.backplane.unavailable(true);
    // Whoever compares every half minute logs this, and compares again half a minute later.
    assertThatThrownBy(stage.supervisor::compare).isInstanceOf(Failure.Unavailable.class);
    assertThat(stage.state("s")).contains(DeploymentState.STARTING);
    stage.backplane.heal();
    stage.supervisor.compare();
    await().until(() -> stage.bus.count("ModelHasTerminated") == 1);
    stage.backplane.exit(stage.workload("s", 1), 0);
    ended("s", 2);
  }

  @Test
  void workloadWithoutOurMarksIsLeftAlone() {
    WorkloadId foreign = new WorkloadId("somebody-elses");
    stage.backplane.start(new WorkloadSpec(foreign, "other:1", Map.of(), Map.of()));
    stage.supervisor.compare();
    everythingWorks("s");
    stage.supervisor.compare();
    assertThat(stage.backplane.running()).as("the one that is not ours").isEqualTo(1);
    assertThat(stage.backplane.calls(Call.STOP)).isZero();
  }

  @Test
  void connectionRefusedDuringCreateIsTriedAgain() {
    stage.backplane.unavailable(true);
    stage.deploy("s", 3);
    awaitState("s", DeploymentState.STARTING);
    stage.backplane.unavailable(false);
    await().until(() -> stage.backplane.running() == 3);
    exitAll("s", 3);
    ended("s", 3);
  }

  @Test
  void errorStatusOnCreateIsReportedToTheSimulator() {
    stage.backplane.refuseStarts(ExitCodes.REFUSED, "Forbidden: quota exceeded");
    stage.deploy("s", 2);
    ended("s", 2);
    assertThat(stage.model("s", 1)).map(Model::code).contains(ExitCodes.REFUSED);
    assertThat(reasons()).anyMatch(reason -> reason.contains("quota exceeded"));
  }

  @Test
  void errorOnLogOrDeleteDelaysNoNotice() {
    running("s", 2);
    stage.backplane.unavailable(true);
    exitAll("s", 2);
    ended("s", 2);
    assertThat(stage.backplane.calls(Call.REMOVE)).isZero();
    stage.backplane.unavailable(false);
    everythingWorks("later");
  }

  @Test
  void endsWhileTheBrokerIsLostAreToldInOrderWhenItIsBack() {
    running("s", 3);
    stage.bus.away(true);
    exitAll("s", 3);
    awaitState("s", DeploymentState.ENDED);
    assertThat(stage.bus.lifecycle()).isEmpty();
    stage.bus.away(false);
    ended("s", 3);
    everythingWorks("later");
  }

  @Test
  void restartOfTheOrchestratorTouchesNoRunningModel() {
    running("s", 2);
    stage.restart();
    stage.supervisor.compare();
    assertThat(stage.backplane.running()).isEqualTo(2);
    assertThat(stage.backplane.started()).as("none is started again").hasSize(2);
    exitAll("s", 2);
    ended("s", 2);
  }

  @Test
  void sameSimulationDeployedTwiceLeavesTheFirstRunning() {
    running("s", 2);
    stage.deploy("s", 3);
    await().until(() -> !reasons().isEmpty());
    stage.supervisor.compare();
    assertThat(stage.backplane.running()).isEqualTo(2);
    assertThat(stage.backplane.calls(Call.STOP)).isZero();
    exitAll("s", 2);
    ended("s", 2);
  }

  @Test
  void duplicateModelIdInOneDeployModelsRunsOnce() {
    ModelConfiguration model = new ModelConfiguration("0-model", "fake_model:0.0.1", List.of());
    deliver("s", new DeployModels("SO", List.of(model, model), 0));
    await().until(() -> stage.backplane.running() == 1);
    stage.backplane.exit(stage.workload("s", 0), 0);
    ended("s", 1);
    assertThat(stage.backplane.started()).hasSize(1);
  }

  @Test
  void keepLogsHoursThatAreInfiniteOrHugeAreReplaced() {
    ModelConfiguration model = new ModelConfiguration("0-model", "fake_model:0.0.1", List.of());
    List<Double> odd = List.of(Double.POSITIVE_INFINITY, Double.MAX_VALUE, Double.NaN, -1.0);
    for (int i = 0; i < odd.size(); i++) {
      String simulation = "s" + i;
      deliver(simulation, new DeployModels("SO", List.of(model), odd.get(i)));
      await().until(() -> stage.backplane.running() == 1);
      stage.backplane.exit(stage.workload(simulation, 0), 0);
      ended(simulation, 1);
    }
    assertThat(reasons()).filteredOn(r -> r.contains("keepLogsHours")).hasSize(odd.size());
  }

  @Test
  void simulationDoneToTheOrchestratorStopsWhatStillRuns() {
    restage(
        new ModelsSettings(
            List.of("dots-so"),
            Duration.ofMinutes(5),
            Duration.ofMillis(50),
            Duration.ofSeconds(1),
            Duration.ofDays(7),
            100));
    running("s", 2);
    stage.bus.deliver("/lifecycle/dots-so/mso/s/SimulationDone", new byte[0]);
    ended("s", 2);
    assertThat(stage.backplane.running()).isZero();
  }

  @Test
  void modelThatCannotBePulledOrScheduledEndsByTimeOut() {
    restage(IMPATIENT);
    stage.deploy("s", 2);
    ended("s", 2);
    assertThat(stage.model("s", 0)).map(Model::code).contains(ExitCodes.TIME_OUT);
    assertThat(reasons()).isNotEmpty();
    // A start that was under way when its time was over is taken back.
    await().untilAsserted(() -> assertThat(stage.backplane.running()).isZero());
  }

  private void restage(ModelsSettings settings) {
    stage.close();
    stage = new Stage(settings);
  }

  private void deliver(String simulation, DeployModels request) {
    stage.bus.deliver("/lifecycle/dots-so/mso/" + simulation + "/DeployModels", request.encode());
  }

  private void running(String simulation, int models) {
    stage.deploy(simulation, models);
    await()
        .until(() ->
            Stream.iterate(0, i -> i + 1)
                .limit(models)
                .allMatch(i ->
                    stage.backplane.started().stream()
                        .anyMatch(spec ->
                            stage.model(simulation, i).isPresent()
                                && spec.id().equals(stage.workload(simulation, i)))));
  }

  private void exitAll(String simulation, int models) {
    for (int i = 0; i < models; i++) {
      stage.backplane.exit(stage.workload(simulation, i), 0);
    }
  }

  private void awaitState(String simulation, DeploymentState state) {
    await().until(() -> stage.state(simulation).filter(state::equals).isPresent());
  }

  /** Each end was told once, and then that all have ended. */
  private void ended(String simulation, int models) {
    String prefix = "/lifecycle/mso/dots-so/" + simulation + "/";
    await().until(() -> told(prefix).contains(prefix + "AllModelsHaveTerminated"));
    assertThat(told(prefix)).hasSize(models + 1).doesNotHaveDuplicates();
    assertThat(told(prefix).getLast()).endsWith("AllModelsHaveTerminated");
  }

  private List<String> told(String prefix) {
    return stage.bus.lifecycle().stream()
        .filter(topic -> topic.startsWith(prefix) && !topic.endsWith("ModelsReady"))
        .toList();
  }

  private List<String> reasons() {
    return stage.bus.published().stream()
        .filter(p -> p.topic().endsWith("/Reason"))
        .map(p -> new String(p.payload(), StandardCharsets.UTF_8))
        .toList();
  }

  /** The whole of it goes on: a deployment gets from its request to its last notice. */
  private void everythingWorks(String simulation) {
    running(simulation, 2);
    stage.ready(simulation, 0);
    stage.ready(simulation, 1);
    awaitState(simulation, DeploymentState.READY);
    exitAll(simulation, 2);
    ended(simulation, 2);
  }
}
