package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.Failure;
import dev.tutti.core.run.TimerFired;
import dev.tutti.simulations.CalculationService.OnModelFailure;
import dev.tutti.simulations.Verdict.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each message means to a simulation. */
final class SimulationDecisionsTest {

  private static final OnModelFailure FAIL = OnModelFailure.FAIL;

  private static SimulationMessage.ModelEnded ended(String model, int code) {
    return new SimulationMessage.ModelEnded(model, "pv_service", code);
  }

  @Test
  void simulationGoesThroughItsPhasesInTheWordsOfTheOriginal() {
    World world = World.ofSimulation();
    world.tell(new SimulationMessage.Create(World.planned(World.ID, 3, 2, FAIL)));
    assertThat(world.simulation().statusText()).isEqualTo("all models registered");
    world.tell(new SimulationMessage.ModelsReady());
    assertThat(world.simulation().statusText()).isEqualTo("all models deployed");
    world.tell(new SimulationMessage.AllParameterized(1));
    assertThat(world.simulation().statusText()).isEqualTo("Calculating time step 1 (of 2)");
    world.finish(1);
    assertThat(world.simulation().statusText()).isEqualTo("Calculating time step 2 (of 2)");
    world.finish(2);
    assertThat(world.simulation().statusText()).isEqualTo("the simulation terminated successfully");
    assertThat(world.simulation().verdict().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(world.simulation().ended()).isEqualTo(world.now);
    world.tell(new SimulationMessage.AllEnded());
    assertThat(world.simulation().phase()).isEqualTo(Phase.ENDED);
    assertThat(world.timers).containsOnlyKeys("FORGET");
  }

  @Test
  void stepIsOneDocumentAndOneTimerAndACommandThatIsNotKept() {
    World world = World.stepping(400, 5, FAIL);
    world.finish(1);
    assertThat(world.writes).isEqualTo(3);
    assertThat(world.commands.getLast())
        .isEqualTo(
            new SimulationCommand.NewStep(
                World.ID,
                1,
                2,
                "{\"time_step_nr\": \"2\", \"start_time_stamp\": 1674615600.0}",
                List.of()));
  }

  @Test
  void noStepsAtAllEndAfterTheParameters() {
    World world = World.stepping(3, 0, FAIL);
    assertThat(world.simulation().verdict().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(world.commands(SimulationCommand.NewStep.class)).isEmpty();
  }

  @Test
  void stepThatIsFinishedTwiceGoesOnOnce() {
    World world = World.stepping(3, 5, FAIL);
    world.finish(1);
    world.finish(1);
    assertThat(world.simulation().steps().asked()).isEqualTo(2);
    assertThat(world.commands(SimulationCommand.NewStep.class)).hasSize(2);
  }

  @Test
  void secondModelsReadyChangesNothing() {
    World world = World.stepping(3, 5, FAIL);
    Simulation before = world.simulation();
    world.tell(new SimulationMessage.ModelsReady());
    assertThat(world.simulation()).isEqualTo(before);
    assertThat(world.commands(SimulationCommand.Parameters.class)).hasSize(1);
  }

  @Test
  void deployTimeoutEndsWithWhoIsMissing() {
    World world = World.ofSimulation();
    world.tell(new SimulationMessage.Create(World.planned(World.ID, 3, 2, FAIL)));
    world.pass(Duration.ofMinutes(11), "pv-service-2");
    Verdict verdict = world.simulation().verdict();
    assertThat(verdict.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(verdict.model()).isEqualTo("pv-service-2");
    assertThat(verdict.reason())
        .isEqualTo(
            "The models were not all ready within 10 min. Nothing was heard of pv-service-2.");
  }

  @Test
  void parametersTimeoutEndsWithItsReason() {
    World world = World.ofSimulation();
    world.tell(new SimulationMessage.Create(World.planned(World.ID, 3, 2, FAIL)));
    world.tell(new SimulationMessage.ModelsReady());
    world.pass(Duration.ofMinutes(11), "a", "b");
    assertThat(world.simulation().verdict().reason())
        .isEqualTo(
            "The models had not all taken their parameters within 10 min. Nothing was heard of a, b.");
  }

  @Test
  void stepTimeoutEndsWithTheStepAndTellsModelsAndMso() {
    World world = World.stepping(3, 5, FAIL);
    world.finish(1);
    world.pass(Duration.ofMinutes(9));
    assertThat(world.simulation().phase()).isEqualTo(Phase.STEPPING);
    world.pass(Duration.ofMinutes(2), "grid-service-1");
    assertThat(world.simulation().verdict())
        .isEqualTo(
            new Verdict(
                Outcome.TIMED_OUT,
                "Step 2 of 5 was not finished within 10 min. Nothing was heard of grid-service-1.",
                "grid-service-1"));
    assertThat(world.commands(SimulationCommand.OfRun.class)).hasSize(2);
    assertThat(world.simulation().statusText()).startsWith("(a) model(s) terminated");
  }

  @Test
  void timerThatNobodyWatchedGivesThePhaseItsTimeAgain() {
    World world = World.stepping(3, 5, FAIL);
    world.now = world.now.plus(Duration.ofHours(3));
    world.tell(new TimerFired("STEP", world.due("STEP")));
    assertThat(world.simulation().phase()).isEqualTo(Phase.STEPPING);
    assertThat(world.due("STEP")).isEqualTo(world.now.plus(Duration.ofMinutes(10)));
    world.pass(Duration.ofMinutes(11));
    assertThat(world.simulation().verdict().outcome()).isEqualTo(Outcome.TIMED_OUT);
  }

  @Test
  void crashedModelEndsTheSimulationWithItsExitCodeAndReason() {
    World world = World.stepping(3, 5, FAIL);
    world.tell(ended("pv-service-1", 137));
    assertThat(world.simulation().verdict().reason())
        .isEqualTo("Model pv-service-1 ended with exit code 137 before the simulation did.");
    world.tell(new SimulationMessage.Explained("pv-service-1", "OOMKilled", List.of("last line")));
    assertThat(world.simulation().verdict())
        .isEqualTo(
            new Verdict(
                Outcome.FAILED,
                "Model pv-service-1 ended with exit code 137 before the simulation did. OOMKilled",
                "pv-service-1"));
    assertThat(world.all(ModelEnd.KIND).getFirst().lastLines()).containsExactly("last line");
  }

  @Test
  void errorOfAModelIsVisibleAlthoughItExitsWithZero() {
    World world = World.stepping(3, 5, FAIL);
    world.tell(
        new SimulationMessage.ErrorOccurred("pv-service-1", "pv_service", "KeyError: 'profile'"));
    world.tell(ended("pv-service-1", 0));
    Simulation simulation = world.simulation();
    assertThat(simulation.verdict().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(simulation.verdict().reason())
        .isEqualTo("Model pv-service-1 failed: KeyError: 'profile'");
    assertThat(simulation.ends()).isEqualTo(new Simulation.ModelEnds(1, 1));
    assertThat(world.all(ModelEnd.KIND).getFirst().exitCode()).isZero();
    assertThat(world.all(ModelEnd.KIND).getFirst().failed()).isTrue();
  }

  @Test
  void modelThatEndsWellTooEarlyFailsTheSimulationToo() {
    World world = World.stepping(3, 5, FAIL);
    world.tell(ended("pv-service-1", 0));
    assertThat(world.simulation().verdict().outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void endThatIsToldTwiceCountsOnce() {
    World world = World.stepping(3, 5, OnModelFailure.CONTINUE);
    world.tell(ended("pv-service-1", 1));
    world.tell(ended("pv-service-1", 1));
    assertThat(world.simulation().ends()).isEqualTo(new Simulation.ModelEnds(1, 1));
    assertThat(world.commands(SimulationCommand.Without.class)).hasSize(1);
  }

  @Test
  void simulationGoesOnWithoutAModelUntilNoneIsLeft() {
    World world = World.stepping(2, 5, OnModelFailure.CONTINUE);
    world.tell(ended("pv-service-1", 1));
    assertThat(world.simulation().phase()).isEqualTo(Phase.STEPPING);
    world.tell(ended("pv-service-2", 1));
    assertThat(world.simulation().verdict().reason()).endsWith("No model is left.");
  }

  @Test
  void simulationStartsOverOncePerModelWhenTheLastRunIsGone() {
    World world = World.stepping(3, 5, OnModelFailure.RESTART);
    world.finish(1);
    world.tell(ended("pv-service-1", 3));
    assertThat(world.simulation().phase()).isEqualTo(Phase.RESTARTING);
    assertThat(world.simulation().statusText()).isEqualTo("all models registered");
    world.tell(ended("pv-service-2", 0));
    world.tell(new SimulationMessage.AllEnded());
    Simulation again = world.simulation();
    assertThat(again.phase()).isEqualTo(Phase.DEPLOYING);
    assertThat(again.run()).isEqualTo(2);
    assertThat(again.steps()).isEqualTo(Steps.NONE);
    assertThat(again.ends()).isEqualTo(Simulation.ModelEnds.NONE);
    world.tell(new SimulationMessage.ModelsReady());
    world.tell(new SimulationMessage.AllParameterized(1));
    assertThat(world.simulation().phase()).as("of the last run").isEqualTo(Phase.PARAMETERISING);
    world.tell(new SimulationMessage.AllParameterized(2));
    world.tell(ended("pv-service-1", 3));
    assertThat(world.simulation().verdict().reason())
        .endsWith("It had started over for this model before.");
  }

  @Test
  void simulationCannotStartOverWhenTheLastRunStays() {
    World world = World.stepping(3, 5, OnModelFailure.RESTART);
    world.tell(ended("pv-service-1", 3));
    world.pass(Duration.ofSeconds(61));
    assertThat(world.simulation().verdict().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(world.simulation().verdict().reason()).contains("run 1 did not go");
  }

  @Test
  void modelThatEndsBeforeAllAreReadyFailsAlsoWhenItCouldBeDoneWithout() {
    World world = World.ofSimulation();
    world.tell(
        new SimulationMessage.Create(World.planned(World.ID, 3, 2, OnModelFailure.CONTINUE)));
    world.tell(ended("pv-service-1", 127));
    assertThat(world.simulation().verdict().outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void pausedSimulationIsHeldBetweenSteps() {
    World world = World.stepping(3, 5, FAIL);
    world.tell(new SimulationMessage.Pause());
    assertThat(world.simulation().statusText()).isEqualTo("Calculating time step 1 (of 5)");
    world.finish(1);
    assertThat(world.simulation().statusText()).isEqualTo("finished calculation step");
    assertThat(world.timers).as("nothing is waited for").isEmpty();
    world.pass(Duration.ofDays(1));
    world.tell(new SimulationMessage.Recover());
    assertThat(world.commands(SimulationCommand.NewStep.class)).hasSize(1);
    world.tell(new SimulationMessage.Resume());
    world.tell(new SimulationMessage.Resume());
    assertThat(world.simulation().steps().asked()).isEqualTo(2);
    assertThat(world.commands(SimulationCommand.NewStep.class)).hasSize(2);
  }

  @Test
  void simulationPausedBeforeItsFirstStepWaitsWithItsParameters() {
    World world = World.ofSimulation();
    world.tell(new SimulationMessage.Create(World.planned(World.ID, 3, 2, FAIL)));
    world.tell(new SimulationMessage.Pause());
    world.tell(new SimulationMessage.ModelsReady());
    world.tell(new SimulationMessage.AllParameterized(1));
    assertThat(world.simulation().statusText()).isEqualTo("all models parameterized");
    world.tell(new SimulationMessage.Resume());
    assertThat(world.simulation().steps().asked()).isEqualTo(1);
  }

  @Test
  void cancelEndsOnceAndStaysCancelled() {
    World world = World.stepping(3, 5, FAIL);
    world.tell(new SimulationMessage.Cancel());
    world.tell(new SimulationMessage.Cancel());
    world.tell(ended("pv-service-1", 1));
    assertThat(world.simulation().verdict().outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(world.commands(SimulationCommand.OfRun.class)).as("T1 and the end").hasSize(2);
    assertThatThrownBy(() -> world.tell(new SimulationMessage.Pause()))
        .isInstanceOf(Failure.Rejected.class);
  }

  @Test
  void modelsThatDoNotGoAreNotWaitedForForEver() {
    World world = World.stepping(3, 5, FAIL);
    world.tell(new SimulationMessage.Cancel());
    world.pass(Duration.ofSeconds(61));
    assertThat(world.simulation().phase()).isEqualTo(Phase.ENDED);
  }

  @Test
  void recordsAreForgottenAfterTheirRetention() {
    World world = World.stepping(3, 5, FAIL);
    for (int i = 0; i < 450; i++) {
      world.tell(ended("pv-service-" + i, 1));
    }
    world.tell(new SimulationMessage.AllEnded());
    world.pass(Duration.ofDays(8));
    assertThat(world.all(Simulation.KIND)).isEmpty();
    assertThat(world.all(ModelEnd.KIND)).isEmpty();
    assertThat(world.timers).isEmpty();
    assertThat(world.commands.getLast())
        .isEqualTo(new SimulationCommand.Discard(World.ID, "e", "p"));
  }

  @Test
  void restartInAStepAsksModelsAndDoesNotRepeatTheStep() {
    World world = World.stepping(3, 5, FAIL);
    world.pass(Duration.ofMinutes(9));
    world.tell(new SimulationMessage.Recover());
    assertThat(world.commands.getLast()).isEqualTo(new SimulationCommand.Ask(World.ID, 1, 1));
    assertThat(world.commands(SimulationCommand.NewStep.class)).hasSize(1);
    world.pass(Duration.ofMinutes(9));
    assertThat(world.simulation().phase()).isEqualTo(Phase.STEPPING);
    world.tell(new SimulationMessage.StepMissed(1, 1, List.of("b")));
    assertThat(world.commands(SimulationCommand.NewStep.class).getLast().only())
        .containsExactly("b");
    world.finish(1);
    assertThat(world.simulation().doubt()).isEmpty();
  }

  @Test
  void stepThatCannotBeProvenAfterARestartEndsWithThatReason() {
    World world = World.stepping(3, 5, FAIL);
    world.tell(new SimulationMessage.Recover());
    world.pass(Duration.ofMinutes(11), "pv-service-1");
    assertThat(world.simulation().verdict().reason())
        .contains("Nothing was heard of pv-service-1.")
        .contains("Tutti was restarted during step 1");
  }

  @Test
  void restartWhileParametersAreSentSendsThemAllAgain() {
    World world = World.ofSimulation();
    world.tell(new SimulationMessage.Create(World.planned(World.ID, 30, 2, FAIL)));
    world.tell(new SimulationMessage.ModelsReady());
    world.tell(new SimulationMessage.ParametersDue(1, 16, 8));
    world.tell(new SimulationMessage.Recover());
    assertThat(world.commands(SimulationCommand.Parameters.class))
        .extracting(SimulationCommand.Parameters::from)
        .containsExactly(0, 16, 0);
  }

  @Test
  void endOfAnEarlierRunDoesNotEndTheNextOne() {
    World world = World.ofSimulation();
    world.tell(new SimulationMessage.Create(World.planned(World.ID, 3, 2, FAIL)));
    world.tell(new SimulationMessage.AllEnded());
    assertThat(world.simulation().phase()).isEqualTo(Phase.DEPLOYING);
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELLED"})
  void endOfAnyKindIsToldToModelsAndMso(Outcome outcome) {
    World world = World.stepping(3, 1, FAIL);
    switch (outcome) {
      case SUCCEEDED -> world.finish(1);
      case FAILED -> world.tell(ended("pv-service-1", 1));
      case TIMED_OUT -> world.pass(Duration.ofMinutes(11));
      case CANCELLED -> world.tell(new SimulationMessage.Cancel());
      case OPEN -> throw new IllegalStateException();
    }
    assertThat(world.simulation().verdict().outcome()).isEqualTo(outcome);
    assertThat(world.commands(SimulationCommand.OfRun.class)).hasSize(2);
    assertThat(world.journal).contains("simulation.ended");
  }

  @Test
  void whatNobodyKnowsIsNotFound() {
    World world = World.ofSimulation();
    assertThatThrownBy(() -> world.tell(new SimulationMessage.Cancel()))
        .isInstanceOf(Failure.NotFound.class);
    world.tell(new SimulationMessage.ModelsReady());
    assertThat(world.commands).isEmpty();
  }
}
