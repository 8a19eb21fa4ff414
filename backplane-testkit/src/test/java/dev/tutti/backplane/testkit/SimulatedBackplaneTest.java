package dev.tutti.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.backplane.testkit.SimulatedBackplane.Call;
import dev.tutti.core.Failure;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SimulatedBackplaneTest {

  private static final WorkloadId ID = new WorkloadId("w-1");

  private final Witness witness = new Witness();

  private static WorkloadSpec spec(WorkloadId id) {
    return new WorkloadSpec(id, "image:1", Map.of(), Map.of());
  }

  private SimulatedBackplane watched() {
    SimulatedBackplane backplane = SimulatedBackplane.untilAsked();
    backplane.watch(witness);
    return backplane;
  }

  @Test
  void testsEndWorkloadsAsTheyLike() {
    SimulatedBackplane backplane = watched();
    backplane.start(spec(ID));
    backplane.exit(ID, new Observation.Exited(137, "OOMKilled", true));
    assertThat(witness.endOf(ID)).contains(new Observation.Exited(137, "OOMKilled", true));
    assertThat(backplane.running()).isZero();
  }

  @Test
  void lostObservationIsStillListed() {
    SimulatedBackplane backplane = watched();
    backplane.loseObservations((id, seen) -> seen.terminal());
    backplane.start(spec(ID));
    backplane.exit(ID, 3);
    assertThat(witness.endOf(ID)).isEmpty();
    assertThat(backplane.list())
        .singleElement()
        .satisfies(known -> assertThat(known.observation().terminal()).isTrue());
  }

  @Test
  void duplicatedObservationComesTwice() {
    SimulatedBackplane backplane = watched();
    backplane.duplicateObservations((id, seen) -> seen.terminal());
    backplane.start(spec(ID));
    backplane.exit(ID, 3);
    assertThat(witness.of(ID)).filteredOn(Observation::terminal).hasSize(2);
  }

  @Test
  void heldObservationComesWhenReleased() {
    SimulatedBackplane backplane = watched();
    backplane.holdObservations((id, seen) -> seen instanceof Observation.Running);
    backplane.start(spec(ID));
    backplane.exit(ID, 3);
    assertThat(witness.sawRunning(ID)).isFalse();
    backplane.releaseObservations();
    assertThat(witness.of(ID).getLast()).isInstanceOf(Observation.Running.class);
  }

  @Test
  void unavailableBackplaneDoesNothingAndSaysSo() {
    SimulatedBackplane backplane = watched();
    backplane.unavailable(true);
    assertThatExceptionOfType(Failure.Unavailable.class)
        .isThrownBy(() -> backplane.start(spec(ID)));
    assertThat(backplane.health().healthy()).isFalse();
    backplane.heal();
    assertThat(backplane.list()).isEmpty();
    assertThat(backplane.calls(Call.START)).isEqualTo(1);
  }

  @Test
  void lostAnswerLeavesTheWorkloadStarted() {
    SimulatedBackplane backplane = watched();
    backplane.loseAnswers(true);
    assertThatExceptionOfType(Failure.OutcomeUnknown.class)
        .isThrownBy(() -> backplane.start(spec(ID)));
    backplane.heal();
    backplane.start(spec(ID));
    assertThat(backplane.started()).hasSize(1);
    assertThat(backplane.calls(Call.START)).isEqualTo(2);
  }

  @Test
  void refusedStartLeavesNothing() {
    SimulatedBackplane backplane = watched();
    backplane.refuseStarts(ExitCodes.REFUSED, "not today");
    assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> backplane.start(spec(ID)));
    backplane.acceptStarts();
    backplane.start(spec(ID));
    assertThat(witness.sawRunning(ID)).isTrue();
  }

  @Test
  void whatHappensWithoutListenerIsToldToTheNext() {
    SimulatedBackplane backplane = watched();
    backplane.start(spec(ID));
    backplane.close();
    backplane.exit(ID, 4);
    assertThat(witness.endOf(ID)).isEmpty();
    Witness next = new Witness();
    backplane.watch(next);
    assertThat(next.endOf(ID)).isPresent();
  }

  @Test
  void plansTakeTheTimeOfTheAlarms() {
    List<Runnable> due = new ArrayList<>();
    Instant now = Instant.EPOCH;
    SimulatedBackplane backplane =
        new SimulatedBackplane(
            spec ->
                Plan.exits(2)
                    .startingAfter(Duration.ofSeconds(1))
                    .runningFor(Duration.ofSeconds(2)),
            (when, task) -> {
              due.add(task);
              return () -> {};
            },
            () -> now);
    backplane.watch(witness);
    backplane.start(spec(ID));
    assertThat(witness.sawRunning(ID)).isFalse();
    due.removeFirst().run();
    assertThat(witness.sawRunning(ID)).isTrue();
    assertThat(witness.endOf(ID)).isEmpty();
    due.removeFirst().run();
    assertThat(witness.endOf(ID)).isPresent();
  }
}
