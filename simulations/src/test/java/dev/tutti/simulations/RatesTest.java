package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.SimulationExplanation;
import dev.tutti.simulations.CalculationService.OnModelFailure;
import dev.tutti.simulations.Verdict.Outcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that take part in every second and every third step, and in some steps nobody. */
final class RatesTest {

  private static final String SECOND = "pv-service-1";
  private static final String THIRD = "grid-service-1";
  private static final Plan PLAN =
      new Plan(
          "rates",
          List.of(
              new PlannedModel(SECOND, "pv_service", "pv:1", List.of("pv1")),
              new PlannedModel(THIRD, "grid_service", "grid:1", List.of("ec1"))),
          List.of(),
          20);

  @TempDir private Path folder;
  private Stage stage;

  @BeforeEach
  void open() {
    stage = new Stage(Stage.settings(folder), new Peers(true));
    stage.peers.every.putAll(Map.of(SECOND, 2, THIRD, 3));
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private Simulation start(int steps, double seconds, OnModelFailure policy) throws Exception {
    SimulationRequest usual = Stage.request(steps, seconds, policy);
    return stage.simulations.start(
        new SimulationRequest(
            usual.name(),
            usual.startDate(),
            usual.zone(),
            usual.timeStepSeconds(),
            steps,
            usual.maxStepCalcTimeMinutes(),
            usual.keepLogsHours(),
            usual.logLevel(),
            List.of(
                new CalculationService("PVInstallation", "pv_service", "pv:1", 1, policy, 2),
                new CalculationService("EConnection", "grid_service", "grid:1", 1, policy, 3)),
            false,
            0),
        Stage.ESDL,
        PLAN);
  }

  private Simulation ended(String id) {
    await().until(() -> stage.ended(id));
    return stage.find(id).orElseThrow();
  }

  private List<List<Integer>> steps(String id) {
    return stage.peers.puppets(id).stream().map(puppet -> List.copyOf(puppet.steps)).toList();
  }

  @Test
  void eachServiceIsToldOfItsStepsAloneAndStepsOfNobodyAreOverAtOnce() throws Exception {
    Simulation end = ended(start(12, 30, OnModelFailure.FAIL).id());

    assertThat(end.verdict().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(end.steps().finished()).isEqualTo(12);
    assertThat(steps(end.id())).containsExactly(List.of(1, 3, 5, 7, 9, 11), List.of(1, 4, 7, 10));
  }

  @Test
  void restartInAStepOfOneServiceWaitsForNobodyElse() throws Exception {
    stage.peers.onStep = this::hushInStepFour;
    String id = start(12, 30, OnModelFailure.FAIL).id();
    await().until(() -> stage.simulations.models(id).stream().anyMatch(this::waitsInStepFour));
    List<SimulatedModel> models = stage.simulations.models(id);
    assertThat(models).extracting(SimulatedModel::waitedFor).containsExactly(false, true);
    assertThat(models.getFirst().state()).isEqualTo(ModelState.STEP_FINISHED);
    SimulationExplanation why =
        new Explanations(stage.simulations.settings())
            .of(stage.find(id).orElseThrow(), models, List.of(), Instant.now());
    assertThat(why.sentences())
        .contains(
            "Everybody waits for grid-service-1.",
            "pv_service takes part in one of 2 steps, in step 5 next.",
            "grid_service takes part in one of 3 steps, in step 4 next.");

    stage.restart();
    stage.peers.onStep = () -> {};
    stage.peers.silent.clear();
    stage.peers.play(
        () -> stage.peers.puppets(id).forEach(puppet -> puppet.finished = puppet.started));

    assertThat(ended(id).verdict().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(steps(id)).containsExactly(List.of(1, 3, 5, 7, 9, 11), List.of(1, 4, 7, 10));
  }

  private void hushInStepFour() {
    stage.peers.deployed.keySet().stream()
        .flatMap(id -> stage.find(id).stream())
        .filter(simulation -> simulation.steps().asked() == 4)
        .forEach(_ -> stage.peers.silent.add(THIRD));
  }

  private boolean waitsInStepFour(SimulatedModel model) {
    return model.waitedFor()
        && model.plan().modelId().equals(THIRD)
        && model.state() == ModelState.STEP_STARTED
        && stage.peers.silent.contains(THIRD);
  }

  @Test
  void simulationGoesOnWhereOnlyAModelThatRestsIsLeft() throws Exception {
    stage.peers.crashing.put(THIRD, 4);
    Simulation end = ended(start(9, 30, OnModelFailure.CONTINUE).id());

    assertThat(end.verdict().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(steps(end.id())).containsExactly(List.of(1, 3, 5, 7, 9), List.of(1, 4));
  }

  @Test
  void timeOutSaysThatGeneratedModelsMayWaitInVain() throws Exception {
    stage.close();
    stage = new Stage(Stage.settings(folder), new Peers(false));
    stage.peers.silent.add(THIRD);
    Simulation end = ended(start(3, 0.5, OnModelFailure.FAIL).id());

    assertThat(end.verdict().outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(end.verdict().reason())
        .contains("models that are not written with Tutti's SDK wait for data of all of them")
        .contains(THIRD);
  }
}
