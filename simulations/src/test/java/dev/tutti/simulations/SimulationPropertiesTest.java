package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.Failure;
import dev.tutti.simulations.CalculationService.OnModelFailure;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What must hold whatever arrives in whatever order; a failure names the seed that repeats it. */
final class SimulationPropertiesTest {

  private static final int RUNS = 20_000;
  private static final int MESSAGES = 40;

  @Test
  void nothingBreaksWhateverArrives() {
    Seeded.cases(RUNS, SimulationPropertiesTest::run);
  }

  private static void run(RandomGenerator random) {
    World world = World.ofSimulation();
    OnModelFailure policy = List.of(OnModelFailure.values()).get(random.nextInt(3));
    int models = 1 + random.nextInt(4);
    world.tell(
        new SimulationMessage.Create(World.planned(World.ID, models, random.nextInt(4), policy)));
    Verdict decided = Verdict.OPEN;
    for (int i = 0; i < MESSAGES; i++) {
      Simulation before = world.simulation();
      act(world, random);
      if (world.find(Simulation.KIND, World.ID).isEmpty()) {
        return;
      }
      Simulation after = world.simulation();
      check(world, before, after);
      if (decided.outcome() != Verdict.Outcome.OPEN) {
        assertThat(after.verdict().outcome()).as("decided once").isEqualTo(decided.outcome());
      }
      decided = after.verdict();
    }
  }

  private static void act(World world, RandomGenerator random) {
    Simulation now = world.simulation();
    int run = Math.max(1, now.run() - random.nextInt(2));
    int step = Math.max(0, now.steps().asked() - random.nextInt(2));
    String model = "m" + random.nextInt(5);
    try {
      world.tell(
          switch (random.nextInt(17)) {
            case 0, 1 -> new SimulationMessage.ModelsReady();
            case 2, 3 -> new SimulationMessage.AllParameterized(run);
            case 4, 5, 6 ->
                new SimulationMessage.StepFinished(
                    run, step, new StepReport(5, model, random.nextInt(2), random.nextInt(2)));
            case 7 -> new SimulationMessage.ModelEnded(model, "pv_service", random.nextInt(2));
            case 8 -> new SimulationMessage.ErrorOccurred(model, "pv_service", "broken");
            case 9 -> new SimulationMessage.AllEnded();
            case 10 -> new SimulationMessage.Pause();
            case 11 -> new SimulationMessage.Resume();
            case 12 -> new SimulationMessage.Recover();
            case 13 -> new SimulationMessage.InDoubt(run, "who knows");
            case 14 -> new SimulationMessage.StepMissed(run, step, List.of(model));
            case 15 -> new SimulationMessage.Explained(model, "because", List.of());
            default ->
                random.nextInt(8) == 0
                    ? new SimulationMessage.Cancel()
                    : new SimulationMessage.AllAnnounced(run);
          });
    } catch (Failure.Rejected over) {
      assertThat(now.phase().open()).isFalse();
    }
    if (random.nextInt(6) == 0) {
      world.pass(Duration.ofSeconds(random.nextInt(900)));
    }
  }

  private static void check(World world, Simulation before, Simulation after) {
    Steps steps = after.steps();
    assertThat(steps.asked() - steps.finished()).as("one step is open at most").isBetween(0, 1);
    if (before.run() == after.run()) {
      assertThat(steps.asked()).isGreaterThanOrEqualTo(before.steps().asked());
    }
    assertThat(steps.asked()).isLessThanOrEqualTo(after.request().nrOfTimeSteps());
    stepsAreAskedForOnce(world);
    boolean waits =
        switch (after.phase()) {
          case WAITING -> false;
          case STEPPING -> steps.open();
          case RESTARTING, DEPLOYING, PARAMETERISING, FINISHING, ENDED -> true;
        };
    assertThat(!world.timers.isEmpty()).as("a timer in %s", after.phase()).isEqualTo(waits);
    assertThat(after.phase().open()).isEqualTo(after.verdict().outcome() == Verdict.Outcome.OPEN);
    assertThat(after.ends().ended()).isGreaterThanOrEqualTo(after.ends().failed());
  }

  /** To all models; again to some only after they have said that they did not get it. */
  private static void stepsAreAskedForOnce(World world) {
    List<String> asked =
        world.commands(SimulationCommand.NewStep.class).stream()
            .filter(step -> step.only().isEmpty())
            .map(step -> step.run() + "/" + step.step())
            .toList();
    assertThat(asked).doesNotHaveDuplicates();
  }
}
