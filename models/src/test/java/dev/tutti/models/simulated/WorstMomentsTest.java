package dev.tutti.models.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Moments that the seeded simulation found, one at a time. */
final class WorstMomentsTest {

  private static final long SECONDS = 1_000;
  private static final int TURNS = 40;

  private final World world = World.calm(1);

  @Test
  void requestThatCameWhileTheDiskWasAwayIsFollowedWithoutAReconnect() {
    world.start();
    world.settle(SECONDS);
    world.faults().storeAway(true);
    world.simulators().deploySilent();
    world.settle(10 * SECONDS);
    assertThat(world.oracle().records().alive()).isEmpty();
    world.faults().storeAway(false);
    world.settle(10 * SECONDS);
    assertThat(world.oracle().records().alive()).hasSize(1);
    world.converge();
  }

  @Test
  void requestThatComesWhileTheProcessEndsIsThereForTheNextOne() {
    world.start();
    world.settle(SECONDS);
    world.simulators().deploySilent();
    world.shutDown();
    world.converge();
  }

  /**
   * A model that was not ready in time has failed, but its workload keeps its place until it ends.
   */
  @Test
  void workloadThatIsStillEndingKeepsItsPlaceAfterARestart() {
    world.start();
    world.simulators().deploySilent();
    world.settle(10 * SECONDS);
    world.faults().backplaneAway(true);
    world.settle(400 * SECONDS);
    assertThat(world.oracle().told("ModelHasTerminated silent 124")).isEqualTo(1);
    world.die("killed");
    assertThat(world.oracle().records().workloads()).noneMatch(w -> w.state().ended());
    world.start();
    assertThat(world.placesUsed()).isEqualTo(1);
    world.converge();
  }

  /** The request was refused as an equal one is alive; its copy cannot be deleted then. */
  @Test
  void durableDecisionIsNotTakenAgainBecauseTheDiskIsAway() {
    world.start();
    world.simulators().deploySilent();
    world.settle(10 * SECONDS);
    world.goesAwayAfterCommit();
    world.simulators().sendLastAgain();
    world.settle(10 * SECONDS);
    assertThat(world.broker().unacknowledged()).isZero();
    world.faults().storeAway(false);
    world.converge();
  }

  /** However long the broker was away, nobody waits for a pause that has grown meanwhile. */
  @Test
  void noticesLeaveAtOnceWhenTheBrokerIsBack() {
    world.start();
    world.simulators().deploySilent();
    world.settle(10 * SECONDS);
    world.broker().away(true);
    world.settle(400 * SECONDS);
    assertThat(world.oracle().told("ModelHasTerminated silent 124")).isZero();
    world.broker().away(false);
    world.settle(0);
    assertThat(world.oracle().told("ModelHasTerminated silent 124")).isEqualTo(1);
    world.converge();
  }

  /** What a command tells must be durable before the command is forgotten. */
  @Test
  void refusedStartIsToldWheneverTheProcessEnds() {
    for (int turns = 1; turns <= TURNS; turns++) {
      World refusing = World.calm(turns);
      refusing.start();
      refusing.simulators().deployUnknown();
      for (int turn = 0; turn < turns; turn++) {
        refusing.turn();
        refusing.store().flush();
      }
      refusing.die("killed after " + turns + " turns");
      refusing.converge();
      assertThat(refusing.oracle().told("ModelHasTerminated unknown 127"))
          .as("after %d turns", turns)
          .isGreaterThan(0);
    }
  }
}
