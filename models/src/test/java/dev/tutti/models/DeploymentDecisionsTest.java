package dev.tutti.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.backplane.Observation;
import dev.tutti.core.workload.Workload;
import dev.tutti.core.workload.WorkloadCommand;
import dev.tutti.core.workload.WorkloadState;
import dev.tutti.dots.EnvironmentVariable;
import dev.tutti.dots.ModelConfiguration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeploymentDecisionsTest {

  private static final String FIRST = "dots-so~sim~1";

  private final DecisionWorld world = new DecisionWorld(DecisionWorld.settings(1_000));

  private static Observation exited(int code) {
    return new Observation.Exited(code, code == 0 ? "Completed" : "Error", false);
  }

  private static String model(int index) {
    return FIRST + "~" + index + "-model";
  }

  private void running(int models) {
    world.deploy("a", models);
    world.launch(FIRST, DecisionWorld.models(models));
  }

  @Test
  void modelsReadyIsSentOnceWhenTheLastModelBecameReady() {
    running(3);
    world.ready("0-model");
    world.ready("1-model");
    assertThat(world.notices(Notice.ModelsReady.class)).isEmpty();
    world.ready("2-model");
    world.ready("2-model");
    assertThat(world.notices(Notice.ModelsReady.class)).hasSize(1);
    assertThat(world.find(Deployment.KIND, FIRST))
        .map(Deployment::state)
        .contains(DeploymentState.READY);
  }

  @Test
  void modelsReadyIsNeverSentWhenOneModelEndedBefore() {
    running(2);
    world.observe(model(0), exited(1));
    world.ready("1-model");
    assertThat(world.notices(Notice.ModelsReady.class)).isEmpty();
  }

  @Test
  void endedModelStaysAsItEnded() {
    running(2);
    world.observe(model(0), exited(1));
    world.ready("0-model");
    world.observe(model(0), new Observation.Running("127.0.0.1"));
    world.observe(model(0), exited(0));
    assertThat(world.notices(Notice.ModelHasTerminated.class))
        .containsExactly(new Notice.ModelHasTerminated("dots-so", "sim", "0-model", 1));
    assertThat(world.find(Model.KIND, model(0))).map(Model::state).contains(ModelState.FAILED);
  }

  @Test
  void allModelsHaveTerminatedFollowsTheLastEndOnce() {
    running(2);
    world.observe(model(0), exited(0));
    assertThat(world.notices(Notice.AllModelsHaveTerminated.class)).isEmpty();
    world.observe(model(1), new Observation.Vanished("Vanished"));
    assertThat(world.commands.stream().map(Record::getClass).toList())
        .containsSubsequence(
            Notice.ModelHasTerminated.class,
            Notice.ModelHasTerminated.class,
            Notice.AllModelsHaveTerminated.class);
    assertThat(world.notices(Notice.AllModelsHaveTerminated.class)).hasSize(1);
    assertThat(world.notices(Notice.ModelHasTerminated.class).getLast().exitCode()).isEqualTo(255);
  }

  @Test
  void equalContentWhileAliveRepeatsEndsAndNeverModelsReady() {
    running(2);
    world.ready("0-model");
    world.ready("1-model");
    world.observe(model(0), exited(2));
    assertThat(world.deploy("a", 2)).isEqualTo(new DeployOutcome.Unchanged(FIRST));
    world.pass(Duration.ofMillis(1));
    assertThat(world.notices(Notice.ModelHasTerminated.class)).hasSize(2);
    assertThat(world.notices(Notice.ModelsReady.class)).hasSize(1);
    assertThat(world.notices(WorkloadCommand.OfWorkload.class)).hasSize(3);
  }

  @Test
  void differentContentWhileAliveIsRefusedWithAReason() {
    running(2);
    assertThat(world.deploy("b", 5)).isInstanceOf(DeployOutcome.Refused.class);
    assertThat(world.notices(Notice.Reason.class)).hasSize(1);
    assertThat(world.all(Deployment.KIND)).hasSize(1);
    assertThat(world.all(Model.KIND)).hasSize(2);
  }

  @Test
  void everythingEndedMeansANewAttempt() {
    running(1);
    world.observe(model(0), exited(0));
    assertThat(world.deploy("a", 1)).isEqualTo(new DeployOutcome.Accepted("dots-so~sim~2"));
    world.launch("dots-so~sim~2", DecisionWorld.models(1));
    assertThat(world.all(Workload.KIND).stream().map(Workload::id).distinct()).hasSize(2);
  }

  @Test
  void modelThatIsNotReadyInTimeFailsWith124AndIsStopped() {
    running(3);
    world.ready("1-model");
    world.pass(Duration.ofMinutes(6));
    assertThat(world.notices(Notice.ModelHasTerminated.class))
        .extracting(Notice.ModelHasTerminated::exitCode)
        .containsExactly(124, 124);
    assertThat(world.notices(WorkloadCommand.Stop.class)).hasSize(2);
    assertThat(world.find(Model.KIND, model(1))).map(Model::state).contains(ModelState.RUNNING);
  }

  @Test
  void simulationDoneStopsWhatStillRunsAfterTheGrace() {
    running(2);
    world.observe(model(0), exited(0));
    world.tell(new DeploymentMessage.SimulationDone());
    assertThat(world.notices(WorkloadCommand.Stop.class)).isEmpty();
    world.pass(Duration.ofSeconds(11));
    assertThat(world.notices(WorkloadCommand.Stop.class)).hasSize(1);
  }

  @Test
  void queuedDeploymentThatIsStoppedReportsAllItsModels() {
    world.deploy("a", 2);
    world.tell(new DeploymentMessage.Stop(FIRST));
    world.accept(FIRST, DecisionWorld.models(2));
    assertThat(world.notices(Notice.ModelHasTerminated.class))
        .extracting(Notice.ModelHasTerminated::exitCode)
        .containsExactly(143, 143);
    assertThat(world.notices(Notice.AllModelsHaveTerminated.class)).hasSize(1);
    assertThat(world.all(Workload.KIND)).isEmpty();
  }

  @Test
  void deploymentBeyondTheLimitIsRefusedWhole() {
    world.deploy("a", 1_001);
    world.accept(FIRST, DecisionWorld.models(1_001));
    assertThat(world.all(Workload.KIND)).isEmpty();
    assertThat(world.notices(Notice.ModelHasTerminated.class))
        .hasSize(1_001)
        .allSatisfy(t4 -> assertThat(t4.exitCode()).isEqualTo(126));
    assertThat(world.notices(Notice.AllModelsHaveTerminated.class)).hasSize(1);
  }

  @Test
  void modelWhoseIdCannotBeInATopicHarmsOnlyItself() {
    List<ModelConfiguration> models = new ArrayList<>(DecisionWorld.models(1));
    models.add(new ModelConfiguration("a/b", "fake_model:0.0.1", List.of()));
    world.deploy("a", 2);
    world.launch(FIRST, models);
    assertThat(world.all(Workload.KIND)).hasSize(1);
    assertThat(world.notices(Notice.Reason.class)).hasSize(1);
    world.observe(model(0), exited(0));
    assertThat(world.notices(Notice.AllModelsHaveTerminated.class)).hasSize(1);
  }

  @Test
  void modelThatNoRecordCanHoldHarmsOnlyItself() {
    List<ModelConfiguration> models = new ArrayList<>(DecisionWorld.models(1));
    String huge = "x".repeat(5_000_000);
    models.add(new ModelConfiguration(huge, "fake_model:0.0.1", List.of()));
    models.add(new ModelConfiguration("image", huge, List.of()));
    models.add(
        new ModelConfiguration(
            "environment", "fake_model:0.0.1", List.of(new EnvironmentVariable("A", huge))));
    world.tell(new DeploymentMessage.Deploy(huge, "a", "blob", 4, 0));
    world.launch(FIRST, models);
    assertThat(world.all(Workload.KIND)).hasSize(1);
    assertThat(world.notices(Notice.Reason.class)).hasSize(3);
    assertThat(world.all(Model.KIND)).allMatch(m -> m.toString().length() < 20_000);
    assertThat(world.all(Deployment.KIND)).allMatch(d -> d.toString().length() < 20_000);
  }

  @Test
  void deploymentWithoutModelsEndsAtOnce() {
    world.deploy("a", 0);
    assertThat(world.find(Deployment.KIND, FIRST))
        .map(Deployment::state)
        .contains(DeploymentState.ENDED);
  }

  @Test
  void workloadsGoAfterKeepLogsHoursAndRecordsAfterTheirRetention() {
    running(150);
    for (int i = 0; i < 150; i++) {
      world.observe(model(i), exited(0));
    }
    world.pass(Duration.ofMinutes(59));
    assertThat(world.all(Workload.KIND)).allMatch(w -> w.state() == WorkloadState.ENDED);
    world.pass(Duration.ofMinutes(2));
    assertThat(world.all(Workload.KIND)).allMatch(w -> w.state() == WorkloadState.REMOVED);
    assertThat(world.all(Model.KIND)).hasSize(150);
    world.pass(Duration.ofDays(8));
    assertThat(world.all(Model.KIND)).isEmpty();
    assertThat(world.all(Workload.KIND)).isEmpty();
    assertThat(world.all(Deployment.KIND)).isEmpty();
    assertThat(world.all(Attempts.KIND)).isEmpty();
    assertThat(world.timerCount()).isZero();
  }

  @Test
  void workloadThatIsStillEndingIsRemovedOnceItHasEnded() {
    running(1);
    world.pass(Duration.ofMinutes(5));
    world.pass(Duration.ofMinutes(61));
    assertThat(world.all(Workload.KIND)).allMatch(w -> w.state() == WorkloadState.PLANNED);
    world.observe(model(0), exited(143));
    world.pass(Duration.ofSeconds(3));
    assertThat(world.all(Workload.KIND)).allMatch(w -> w.state() == WorkloadState.REMOVED);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        Double.NaN,
        Double.NEGATIVE_INFINITY,
        -1,
        Double.POSITIVE_INFINITY,
        Double.MAX_VALUE
      })
  void oddKeepLogsHoursAreClampedWithANotice(double hours) {
    world.tell(new DeploymentMessage.Deploy("SO", "a", "blob", 1, hours));
    Deployment deployment = world.find(Deployment.KIND, FIRST).orElseThrow();
    assertThat(deployment.keepLogsHours()).isBetween(0.0, 100_000.0);
    assertThat(world.notices(Notice.Reason.class)).hasSize(1);
  }

  @Test
  void documentOfADeploymentDoesNotGrowWithItsModels() {
    running(100);
    int small = world.find(Deployment.KIND, FIRST).orElseThrow().toString().length();
    DecisionWorld many = new DecisionWorld(DecisionWorld.settings(5_000));
    many.deploy("a", 5_000);
    many.launch(FIRST, DecisionWorld.models(5_000));
    int large = many.find(Deployment.KIND, FIRST).orElseThrow().toString().length();
    assertThat(large - small).isLessThan(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a~1", "~", "%7E", "%", "a%25~", ""})
  void keyOfASimulationIsFoundAgainFromItsOwner(String simulation) {
    SimulationKey key = new SimulationKey("dots-so", simulation);
    assertThat(SimulationKey.of(key.owner())).isEqualTo(key);
  }

  @Test
  void idsOfModelsOfDifferentSimulationsDiffer() {
    String one = SimulationKey.model(new SimulationKey("dots-so", "a").deployment(1), "1~x");
    String other = SimulationKey.model(new SimulationKey("dots-so", "a~1").deployment(1), "x");
    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void whatARecordCannotHoldEndsItsModelAlone() {
    String huge = "x".repeat(400_000);
    List<ModelConfiguration> models =
        List.of(
            new ModelConfiguration("good", "fake_model:0.0.1", List.of()),
            new ModelConfiguration("image", huge, List.of()),
            new ModelConfiguration(
                "environment", "fake_model:0.0.1", List.of(new EnvironmentVariable("A", huge))),
            new ModelConfiguration(huge + "1", "fake_model:0.0.1", List.of()),
            new ModelConfiguration(huge + "2", "fake_model:0.0.1", List.of()));
    world.deploy("a", models.size());
    world.launch(FIRST, models);
    assertThat(world.all(Model.KIND))
        .hasSize(5)
        .allSatisfy(m ->
            assertThat(m.id().length() + m.image().length() + m.reason().length())
                .isLessThan(20_000));
    assertThat(world.all(Model.KIND).stream().filter(m -> m.state() == ModelState.CREATED))
        .extracting(Model::modelId)
        .containsExactly("good");
    world.observe(FIRST + "~good", exited(0));
    assertThat(world.notices(Notice.AllModelsHaveTerminated.class)).hasSize(1);
  }
}
