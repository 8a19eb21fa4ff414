package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.Failure;
import dev.tutti.simulations.CalculationService.OnModelFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose turn it is. */
final class QueueDecisionsTest {

  private final World world = World.ofQueue(3);

  private SimulationQueue enter(String id) {
    Simulation planned = World.planned(id, 2, 1, OnModelFailure.FAIL);
    return (SimulationQueue) world.tell(new QueueMessage.Enter(planned)).orElseThrow();
  }

  private SimulationQueue queue() {
    return world.find(SimulationQueue.KIND, SimulationQueue.OWNER.id()).orElseThrow();
  }

  private List<String> waiting() {
    return queue().waiting().stream().map(SimulationQueue.Place::simulation).toList();
  }

  @Test
  void firstOneHasItsTurnAtOnceAndTheOthersWait() {
    assertThat(enter("a").active()).isEqualTo("a");
    enter("b");
    enter("c");
    assertThat(waiting()).containsExactly("b", "c");
    assertThat(world.commands).containsExactly(new SimulationCommand.OfSimulation("a"));
    assertThat(world.all(Simulation.KIND)).hasSize(3);
  }

  @Test
  void nextOneHasItsTurnWhenTheActiveOneLeavesAndOnlyOnce() {
    enter("a");
    enter("b");
    enter("c");
    world.tell(new QueueMessage.Leave("a"));
    world.tell(new QueueMessage.Leave("a"));
    assertThat(queue().active()).isEqualTo("b");
    assertThat(world.commands).hasSize(2);
  }

  @Test
  void oneThatWaitsCanLeave() {
    enter("a");
    enter("b");
    enter("c");
    world.tell(new QueueMessage.Leave("b"));
    assertThat(waiting()).containsExactly("c");
    assertThat(queue().active()).isEqualTo("a");
  }

  @Test
  void higherPriorityGoesFirstAndEqualOnesAsTheyCame() {
    enter("a");
    enter("b");
    enter("c");
    enter("d");
    world.tell(new QueueMessage.Prioritise("d", 5));
    assertThat(waiting()).containsExactly("d", "b", "c");
    world.tell(new QueueMessage.Prioritise("c", 5));
    assertThat(waiting()).containsExactly("d", "c", "b");
    assertThatThrownBy(() -> world.tell(new QueueMessage.Prioritise("a", 1)))
        .isInstanceOf(Failure.Rejected.class);
  }

  @Test
  void queueHasALimit() {
    enter("a");
    enter("b");
    enter("c");
    enter("d");
    assertThatThrownBy(() -> enter("e"))
        .isInstanceOf(Failure.Rejected.class)
        .hasMessageContaining("3 simulations wait already");
    assertThat(world.all(Simulation.KIND)).as("nothing is left of it").hasSize(4);
  }
}
