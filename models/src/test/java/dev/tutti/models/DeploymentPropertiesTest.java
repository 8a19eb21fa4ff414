package dev.tutti.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.backplane.Observation;
import dev.tutti.core.workload.Workload;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What must hold whatever arrives in whatever order; a failure names the seed that repeats it. */
final class DeploymentPropertiesTest {

  private static final int RUNS = 8_000;
  private static final int STEPS = 40;

  @Test
  void nothingBreaksWhateverArrives() {
    Long replayed = Long.getLong("tutti.seed");
    for (long seed = 0; seed < RUNS; seed++) {
      run(replayed == null ? seed : replayed);
    }
  }

  private static void run(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DecisionWorld world = new DecisionWorld(DecisionWorld.settings(6));
    Map<String, ModelState> ended = new HashMap<>();
    try {
      for (int step = 0; step < STEPS; step++) {
        act(world, random);
        check(world, ended);
      }
    } catch (RuntimeException | Error failure) {
      throw new AssertionError("fails with -Dtutti.seed=" + seed, failure);
    }
  }

  private static void act(DecisionWorld world, SplittableRandom random) {
    List<Deployment> deployments = world.all(Deployment.KIND);
    List<Model> models = world.all(Model.KIND);
    String deployment =
        deployments.isEmpty()
            ? "dots-so~sim~1"
            : deployments.get(random.nextInt(deployments.size())).id();
    String model = models.isEmpty() ? "none" : models.get(random.nextInt(models.size())).id();
    switch (random.nextInt(14)) {
      case 0, 1 -> world.deploy(random.nextBoolean() ? "a" : "b", random.nextInt(8));
      case 2, 3 ->
          world
              .find(Deployment.KIND, deployment)
              .ifPresent(d -> world.launch(deployment, DecisionWorld.models(d.models().total())));
      case 4, 5, 6 -> world.ready(random.nextInt(7) + "-model");
      case 7 -> world.observe(model, new Observation.Running("127.0.0.1"));
      case 8 -> world.observe(model, new Observation.Exited(0, "Completed", false));
      case 9 -> world.observe(model, new Observation.Exited(random.nextInt(256), "Error", false));
      case 10 -> world.observe(model, new Observation.Vanished("Vanished"));
      case 11 -> world.tell(new DeploymentMessage.SimulationDone());
      case 12 -> world.pass(Duration.ofSeconds(random.nextInt(400)));
      default -> {
        world.tell(new DeploymentMessage.Resume());
        if (!deployments.isEmpty()) {
          world.tell(new DeploymentMessage.Stop(deployment));
        }
      }
    }
  }

  private static void check(DecisionWorld world, Map<String, ModelState> ended) {
    int alive = 0;
    Map<String, List<Model>> models =
        world.all(Model.KIND).stream().collect(Collectors.groupingBy(Model::deployment));
    for (Deployment deployment : world.all(Deployment.KIND)) {
      countersAreThoseOfTheModels(deployment, models.getOrDefault(deployment.id(), List.of()));
      alive += deployment.state().alive() ? 1 : 0;
    }
    assertThat(alive).isLessThanOrEqualTo(1);
    for (Model model : world.all(Model.KIND)) {
      ModelState before = ended.get(model.id());
      if (before != null) {
        assertThat(model.state()).as("the end of a model is final").isEqualTo(before);
      } else if (model.state().ended()) {
        ended.put(model.id(), model.state());
      }
    }
    noticesAreInOrder(world);
    assertThat(world.all(Workload.KIND).stream().map(Workload::id).distinct().count())
        .isEqualTo(world.all(Workload.KIND).size());
  }

  private static void countersAreThoseOfTheModels(Deployment deployment, List<Model> models) {
    ModelCounts counts = deployment.models();
    assertThat(counts.accepted()).isEqualTo(models.size());
    Map<ModelState, Long> real =
        models.stream().collect(Collectors.groupingBy(Model::state, Collectors.counting()));
    assertThat((long) counts.created()).isEqualTo(real.getOrDefault(ModelState.CREATED, 0L));
    assertThat((long) counts.running()).isEqualTo(real.getOrDefault(ModelState.RUNNING, 0L));
    assertThat((long) counts.succeeded()).isEqualTo(real.getOrDefault(ModelState.SUCCEEDED, 0L));
    assertThat((long) counts.failed()).isEqualTo(real.getOrDefault(ModelState.FAILED, 0L));
    assertThat(deployment.state() == DeploymentState.ENDED).isEqualTo(counts.allEnded());
  }

  /** Between two ends of everything: at most one ModelsReady, and no end of everything twice. */
  private static void noticesAreInOrder(DecisionWorld world) {
    int started = (int) world.journal.stream().filter("deployment.accepted"::equals).count();
    int endedAll = world.notices(Notice.AllModelsHaveTerminated.class).size();
    assertThat(endedAll).isLessThanOrEqualTo(started);
    int ready = 0;
    for (Record command : world.commands) {
      switch (command) {
        case Notice.ModelsReady _ -> assertThat(++ready).as("ModelsReady per deployment").isOne();
        case Notice.AllModelsHaveTerminated _ -> ready = 0;
        default -> {}
      }
    }
  }
}
