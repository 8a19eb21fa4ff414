package dev.tutti.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.backplane.WorkloadSpec;
import dev.tutti.core.store.Command;
import dev.tutti.core.store.Query;
import dev.tutti.core.workload.WorkloadCommand;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * The orchestrator ends before or after each of its commits, starts, notices and log reads, and is
 * started again: the outcome is the same, with notices as their delivery class allows.
 */
final class CrashMatrixTest {

  private static final Duration LONGEST = Duration.ofSeconds(20);

  /** Model 0 ends with 0 after it was ready, 1 with 1 before, 2 with 2 after. */
  private static final class Scenario {

    private final Stage stage;
    private final Set<String> played = ConcurrentHashMap.newKeySet();

    Scenario(int position) {
      stage = new Stage(DecisionWorld.settings(10), new Fuse(position));
    }

    /** Plays to the end, restarting once if the fuse blows; gives how many positions there were. */
    int play() {
      int positions = 0;
      try {
        stage.deploy("s", 3);
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!over()) {
          if (stage.fuse.blown()) {
            positions = stage.fuse.passed();
            stage.restart();
            // Models that reconnect announce themselves again.
            played.clear();
          }
          act();
          if (System.nanoTime() > deadline) {
            throw new AssertionError("it hangs; " + whatIsThere());
          }
          Thread.onSpinWait();
        }
        positions = Math.max(positions, stage.fuse.passed());
        check();
        return positions;
      } finally {
        stage.close();
      }
    }

    private String whatIsThere() {
      return "told %s, deployment %s, models %s, commands %s, started %s, of which %d run"
          .formatted(
              stage.bus.lifecycle(),
              stage.deployment("s", 1),
              stage.store.page(Model.KIND, Query.all()).bodies(),
              stage.store.commands(kinds(), 0, 10),
              stage.backplane.started(),
              stage.backplane.running());
    }

    private boolean over() {
      return !stage.fuse.blown()
          && stage.state("s").filter(DeploymentState.ENDED::equals).isPresent()
          && stage.store.commands(kinds(), 0, 5).isEmpty();
    }

    private static List<dev.tutti.core.store.CommandKind<?>> kinds() {
      return List.of(
          Notice.MODELS_READY,
          Notice.MODEL_HAS_TERMINATED,
          Notice.ALL_MODELS_HAVE_TERMINATED,
          Notice.REASON,
          WorkloadCommand.START,
          WorkloadCommand.COLLECT,
          DeploymentCommand.ADMIT,
          DeploymentCommand.LAUNCH);
    }

    /** What the models do: each step once per life of the orchestrator. */
    private void act() {
      for (WorkloadSpec spec : stage.backplane.started()) {
        String model = spec.environment().get("MODEL_ID");
        switch (String.valueOf(model)) {
          case "0-model" -> readyThenExit(spec, 0);
          case "1-model" -> once("exit 1", () -> stage.backplane.exit(spec.id(), 1));
          default -> readyThenExit(spec, 2);
        }
      }
    }

    private void readyThenExit(WorkloadSpec spec, int code) {
      once("ready " + code, () -> stage.ready("s", code));
      boolean heard =
          stage.store.find(Model.KIND, "dots-so~s~1~" + code + "-model").stream()
              .anyMatch(m -> m.body().state() != ModelState.CREATED);
      if (heard) {
        once("exit " + code, () -> stage.backplane.exit(spec.id(), code));
      }
    }

    private void once(String step, Runnable action) {
      if (played.add(step)) {
        action.run();
      }
    }

    private void check() {
      for (int i = 0; i < 3; i++) {
        assertThat(stage.model("s", i)).map(Model::code).contains(i);
      }
      assertThat(stage.backplane.started()).as("each is started once").hasSize(3);
      assertThat(stage.backplane.running()).isZero();
      List<String> told = stage.bus.lifecycle();
      assertThat(told.getLast()).endsWith("/AllModelsHaveTerminated");
      assertThat(new HashSet<>(told)).hasSize(4);
      // An equal DeployModels that comes again asks for the ends so far.
      int repeated = stage.bus.redelivered() > 0 ? 3 : 1;
      assertThat(told.size()).as("told twice in the window of one send").isBetween(4, 4 + repeated);
      assertThat(told).noneMatch(topic -> topic.endsWith("/ModelsReady"));
    }
  }

  @Test
  void outcomeIsTheSameWhereverTheProcessEnds() {
    int positions = new Scenario(0).play();
    assertThat(positions).isGreaterThan(40);
    for (int position = 1; position <= positions; position++) {
      try {
        new Scenario(position).play();
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError(
            "ended at position %d of %d".formatted(position, positions), failure);
      }
    }
  }

  /** ModelsReady is lost only with a process that ended between its mark and its send. */
  @Test
  void modelsReadyNeverComesTwiceWhereverTheProcessEnds() {
    int positions = 60;
    for (int position = 1; position <= positions; position++) {
      AtomicBoolean marked = new AtomicBoolean();
      try (Stage stage = new Stage(DecisionWorld.settings(10), new Fuse(position))) {
        stage.deploy("s", 2);
        await()
            .atMost(LONGEST)
            .until(() -> {
              if (stage.fuse.blown()) {
                marked.set(waiting(stage).stream().anyMatch(Command::sent));
                stage.restart();
              }
              stage.ready("s", 0);
              stage.ready("s", 1);
              return stage.state("s").filter(DeploymentState.READY::equals).isPresent()
                  && !stage.fuse.blown()
                  && waiting(stage).isEmpty();
            });
        assertThat(stage.bus.count("ModelsReady"))
            .as("position %d", position)
            .isBetween(marked.get() ? 0L : 1L, 1L);
      }
    }
  }

  private static List<Command<?>> waiting(Stage stage) {
    return stage.store.commands(List.of(Notice.MODELS_READY), 0, 1);
  }
}
