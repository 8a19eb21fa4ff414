package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.store.Document;
import dev.tutti.core.store.Query;
import dev.tutti.simulations.CalculationService.OnModelFailure;
import dev.tutti.simulations.Verdict.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The orchestrator ends before or after each of its commits and messages, in every phase and step,
 * and is started again: the simulation goes on to the same results, or ends with a reason in time.
 */
final class SimulationCrashTest {

  private static final Duration LONGEST = Duration.ofSeconds(90);
  private static final Duration DEPLOY = Duration.ofSeconds(3);
  private static final Duration POLL = Duration.ofMillis(2);
  private static final int STEPS = 3;

  /** Each has a store, peers and a process of its own, and waits more than it does. */
  private static final int AT_ONCE = 4;

  @TempDir private Path folder;

  /** Two simulations in the queue; gives how many positions there were. */
  private int play(boolean sdk, int position) throws InterruptedException {
    try (Stage stage =
        new Stage(Stage.settings(folder, DEPLOY, 16), new Peers(sdk), new Fuse(position))) {
      int[] positions = {0};
      int[] asked = {0};
      await("two simulations, ended at position " + position)
          .atMost(LONGEST)
          .pollDelay(Duration.ZERO)
          .pollInterval(POLL)
          .until(() -> {
            if (stage.fuse.blown()) {
              positions[0] = stage.fuse.passed();
              stage.restart();
            }
            if (asked[0] < 2 && accepted(stage, sdk, asked[0])) {
              asked[0]++;
            }
            return over(stage, asked[0]);
          });
      check(stage, sdk);
      return Math.max(positions[0], stage.fuse.passed());
    }
  }

  private static boolean accepted(Stage stage, boolean sdk, int already)
      throws InterruptedException {
    try {
      var _ =
          stage.simulations.queue(
              // Original services that cannot be asked have to be waited for.
              Stage.request(STEPS, sdk ? 60 : 0.5, OnModelFailure.FAIL), Stage.ESDL, Stage.plan(2));
      return true;
    } catch (RuntimeException ended) {
      if (!stage.fuse.blown()) {
        throw ended;
      }
      // Whoever asked does not know whether it was taken, and looks.
      stage.restart();
      return all(stage).size() > already;
    }
  }

  private static List<Simulation> all(Stage stage) {
    return stage.store.page(Simulation.KIND, Query.all()).bodies();
  }

  private static boolean over(Stage stage, int asked) {
    return asked == 2
        && !stage.fuse.blown()
        && stage
            .store
            .find(SimulationQueue.KIND, SimulationQueue.OWNER.id())
            .map(Document::body)
            .filter(SimulationQueue.EMPTY::equals)
            .isPresent()
        && all(stage).stream().allMatch(s -> s.phase() == Phase.ENDED);
  }

  private static void check(Stage stage, boolean sdk) {
    assertThat(all(stage)).hasSize(2);
    for (Simulation simulation : all(stage)) {
      Outcome outcome = simulation.verdict().outcome();
      boolean deployed = stage.peers.deployed.containsKey(simulation.id());
      if (sdk && deployed) {
        assertThat(outcome).as("%s", simulation.verdict()).isEqualTo(Outcome.SUCCEEDED);
      }
      if (outcome == Outcome.SUCCEEDED) {
        assertThat(stage.peers.puppets(simulation.id()))
            .allSatisfy(p -> assertThat(p.steps).containsExactly(1, 2, 3));
      } else {
        assertThat(outcome).isEqualTo(Outcome.TIMED_OUT);
        assertThat(simulation.verdict().reason()).isNotBlank();
      }
      assertThat(stage.peers.puppets(simulation.id()))
          .as("nothing is left running")
          .allMatch(p -> p.gone)
          .as("no step comes twice")
          .allSatisfy(p -> assertThat(p.steps).doesNotHaveDuplicates());
    }
  }

  private void matrix(boolean sdk, int least) throws InterruptedException {
    int positions = play(sdk, 0);
    assertThat(positions).isGreaterThan(least);
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Integer>> played =
          IntStream.rangeClosed(1, positions)
              .mapToObj(position -> threads.submit(() -> play(sdk, position)))
              .toList();
      for (int i = 0; i < positions; i++) {
        try {
          played.get(i).get();
        } catch (ExecutionException failed) {
          threads.shutdownNow();
          throw new AssertionError(
              "ended at position %d of %d".formatted(i + 1, positions), failed.getCause());
        }
      }
    }
  }

  @Test
  void modelsOfOurSdkGoOnToTheSameResultsWhereverTheProcessEnds() throws Exception {
    matrix(true, 80);
  }

  @Test
  void originalServicesGoOnOrEndInTimeWhereverTheProcessEnds() throws Exception {
    matrix(false, 80);
  }
}
