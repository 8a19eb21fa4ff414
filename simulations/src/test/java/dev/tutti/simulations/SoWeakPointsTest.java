package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.simulations.CalculationService.OnModelFailure;
import dev.tutti.simulations.Verdict.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the original's orchestrator gets wrong (DOTS, section 7.1, rows by number) and this one does
 * not. Rows about input (10) and about the REST answers (11, 16) are tested where requests are
 * read.
 */
final class SoWeakPointsTest {

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

  private Simulation start(int models, int steps, double seconds) throws InterruptedException {
    return stage.simulations.start(
        Stage.request(steps, seconds, OnModelFailure.FAIL), Stage.ESDL, Stage.plan(models));
  }

  private Verdict verdict(String id) {
    await().until(() -> stage.ended(id));
    return stage.find(id).orElseThrow().verdict();
  }

  @Test
  void row3DeploymentThatNeverBecomesReadyEndsWithItsReason() throws Exception {
    stage(false).peers.undeployable = true;
    Verdict verdict = verdict(start(2, 2, 30).id());
    assertThat(verdict.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(verdict.reason()).startsWith("The models were not all ready within 1.0 s.");
  }

  @Test
  void row4CrashEndsTheSimulationAtOnceWithExitCodeAndLastLines() throws Exception {
    stage(false).peers.crashing.put("pv-service-2", 3);
    Simulation simulation = start(3, 1_000, 600);
    await().atMost(Duration.ofSeconds(10)).until(() -> stage.ended(simulation.id()));
    Simulation over = stage.find(simulation.id()).orElseThrow();
    assertThat(over.verdict().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(over.verdict().model()).isEqualTo("pv-service-2");
    assertThat(over.verdict().reason())
        .isEqualTo("Model pv-service-2 ended with exit code 3 before the simulation did. Error");
    assertThat(over.statusText()).startsWith("(a) model(s) terminated with an error");
    await()
        .untilAsserted(() ->
            assertThat(stage.simulations.models(simulation.id()).get(1).lastLines())
                .containsExactly("the last line"));
  }

  @Test
  void row5ErrorOfAModelThatExitsWithZeroIsAFailureWithItsText() throws Exception {
    stage(false).peers.failing.put("pv-service-1", 2);
    Verdict verdict = verdict(start(3, 5, 30).id());
    assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(verdict.reason()).isEqualTo("Model pv-service-1 failed: KeyError: 'profile'");
  }

  @Test
  void row5ErrorThatCannotBeReadIsAFailureToo() throws Exception {
    stage(false).peers.silent.add("pv-service-1");
    Simulation simulation = start(2, 2, 30);
    await().until(() -> stage.find(simulation.id()).orElseThrow().steps().open());
    stage.peers.play(() ->
        stage.peers.bus.deliver(
            "/lifecycle/model/dots-so/%s/pv-service-1/ErrorOccurred".formatted(simulation.id()),
            new byte[] {10, 5, 'x'},
            true));
    assertThat(verdict(simulation.id()).reason()).contains("Its error cannot be read");
  }

  @Test
  void row6LostNewStepAndLostAnswerOfAnSdkModelAreFoundByAsking() throws Exception {
    stage(true).peers.silent.add("pv-service-1");
    Simulation simulation = start(2, 3, 30);
    await().until(() -> stage.find(simulation.id()).orElseThrow().steps().open());
    // Its answer was lost on the way: the model knows that it is done.
    stage.peers.play(() -> {
      stage.peers.silent.clear();
      stage.peers.puppets(simulation.id()).forEach(p -> p.finished = p.started);
    });
    assertThat(verdict(simulation.id()).outcome()).isEqualTo(Outcome.SUCCEEDED);
    // A step that never came: as if the model had not heard of it.
    stage.peers.silent.add("pv-service-2");
    Simulation second = start(2, 3, 30);
    await().until(() -> stage.peers.puppets(second.id()).stream().anyMatch(p -> p.started == 1));
    stage.peers.play(() -> {
      stage.peers.silent.clear();
      stage.peers.puppets(second.id()).get(1).started = 0;
    });
    assertThat(verdict(second.id()).outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void row6LostAnswerOfAnOriginalServiceEndsWithWhoIsMissing() throws Exception {
    stage(false).peers.silent.add("pv-service-2");
    Verdict verdict = verdict(start(3, 3, 0.5).id());
    assertThat(verdict.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(verdict.reason())
        .isEqualTo("Step 1 of 3 was not finished within 0.5 s. Nothing was heard of pv-service-2.");
  }

  @Test
  void row8AnswerThatComesTwiceOrTooLateIsCountedOnceAndShown() throws Exception {
    stage(false).peers.stuttering.add("pv-service-1");
    Simulation simulation = start(3, 20, 30);
    assertThat(verdict(simulation.id()).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(stage.peers.puppets(simulation.id()))
        .allSatisfy(p -> assertThat(p.steps).hasSize(20).doesNotHaveDuplicates());
    Steps steps = stage.find(simulation.id()).orElseThrow().steps();
    assertThat(steps.duplicate() + steps.late()).isPositive();
  }

  @Test
  void row9ModelsThatDoNotListenAreEndedByTheMso() throws Exception {
    stage(false).peers.deaf = true;
    Simulation simulation = start(3, 2, 30);
    assertThat(verdict(simulation.id()).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(stage.peers.puppets(simulation.id())).allMatch(p -> p.gone);
    assertThat(stage.peers.bus.topics().getLast())
        .isEqualTo("/lifecycle/dots-so/mso/%s/SimulationDone".formatted(simulation.id()));
  }

  @Test
  void row9RestartForgetsNoSimulationAndLeavesNoOrphans() throws Exception {
    stage(true).peers.silent.add("pv-service-1");
    Simulation simulation = start(3, 3, 30);
    await().until(() -> stage.find(simulation.id()).orElseThrow().steps().open());
    stage.restart();
    stage.peers.play(() -> {
      stage.peers.silent.clear();
      stage.peers.puppets(simulation.id()).forEach(p -> p.finished = p.started);
    });
    assertThat(verdict(simulation.id()).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(stage.peers.puppets(simulation.id()))
        .allSatisfy(p -> assertThat(p.steps).containsExactly(1, 2, 3));
  }

  @Test
  void row9RestartBeforeTheModelsAreReadyGoesOnWithThoseThatAnnounceThemselves() throws Exception {
    stage(true);
    Fuse dead = stage.fuse;
    Simulation simulation = start(2, 2, 30);
    assertThat(dead.blown()).isFalse();
    stage.restart();
    assertThat(verdict(simulation.id()).outcome()).isIn(Outcome.SUCCEEDED);
  }

  @Test
  void row10SimulationThatCannotBeDeployedDoesNotBlockTheQueue() throws Exception {
    stage(false).peers.undeployable = true;
    SimulationRequest request = Stage.request(1, 30, OnModelFailure.FAIL);
    Simulation ghost = stage.simulations.queue(request, Stage.ESDL, Stage.plan(1));
    Simulation next = stage.simulations.queue(request, Stage.ESDL, Stage.plan(1));
    await()
        .until(() -> stage.find(ghost.id()).orElseThrow().verdict().outcome() == Outcome.TIMED_OUT);
    stage.peers.undeployable = false;
    assertThat(verdict(next.id()).outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void row14EveryTurnOfASimulationIsAnEvent() throws Exception {
    Simulation simulation = stage(true).start(2, 2);
    verdict(simulation.id());
    assertThat(
            stage.store.journal(0, Optional.of(Simulation.owner(simulation.id())), 100).stream()
                .map(e -> e.type())
                .filter(type -> !type.equals("simulation.model-ended")))
        .containsExactly(
            "simulation.deploying",
            "simulation.deployed",
            "simulation.parameterised",
            "simulation.ended",
            "simulation.gone");
  }

  @Test
  void row2MessagesThatAreNoneHarmOnlyThemselves() throws Exception {
    stage(true);
    Simulation simulation = stage.start(2, 50);
    String id = simulation.id();
    stage.peers.play(() -> {
      for (String topic :
          new String[] {
            "/lifecycle/mso/dots-so/%s/pv-service-1/ModelHasTerminated",
            "/lifecycle/mso/dots-so/%s/nobody/ModelHasTerminated",
            "/lifecycle/model/dots-so/%s/nobody/CalculationsDone",
            "/lifecycle/model/dots-so/%s/nobody/ErrorOccurred",
            "/tutti/model/%s/pv-service-1/Announcement",
            "/tutti/model/%s/nobody/Announcement",
            "/tutti/mso/dots-so/%s/pv-service-1/Reason"
          }) {
        boolean valid = topic.contains("nobody") && !topic.endsWith("Announcement");
        stage.peers.bus.deliver(
            topic.formatted(id), valid ? new byte[0] : new byte[] {-1, 7, '{'}, true);
      }
      stage.peers.bus.deliver("/lifecycle/mso/dots-so/unknown/ModelsReady", new byte[0], true);
      stage.peers.bus.deliver(
          "/lifecycle/model/dots-so/unknown/m/CalculationsDone", new byte[0], true);
    });
    assertThat(verdict(id).outcome()).isEqualTo(Outcome.SUCCEEDED);
  }
}
