package dev.tutti.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.backplane.LogOptions;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Workloads outlive the process that started them; the next one takes them over. */
interface AdoptionTheme extends Theme {

  @Test
  default void workloadOutlivesTheBackplaneAndIsTakenOver() {
    WorkloadId id = trial().start("adopted", Program.obeys(9));
    trial().awaitOutput(id, "ready\n");
    trial().reopen();
    assertThat(trial().backplane().list())
        .singleElement()
        .satisfies(known -> assertThat(known.id()).isEqualTo(id))
        .satisfies(known -> assertThat(known.observation().terminal()).isFalse());
    trial().backplane().stop(id, Trial.PATIENT);
    assertThat(trial().awaitExit(id).code()).isEqualTo(9);
    assertThat(trial().text(id, LogOptions.all())).startsWith("ready\n");
  }

  @Test
  default void endWhileClosedIsToldAfterwards() {
    WorkloadId id = trial().start("meanwhile", Program.exits(6));
    Witness before = trial().witness();
    trial().reopen();
    Trial.soon().until(() -> trial().isEnded(id));
    boolean toldBefore = before.endOf(id).isPresent();
    Trial.soon().until(() -> toldBefore || trial().witness().endOf(id).isPresent());
    assertThat(trial().backplane().list())
        .singleElement()
        .satisfies(known ->
            assertThat(known.observation())
                .isInstanceOfSatisfying(
                    Observation.Exited.class, exited -> assertThat(exited.code()).isEqualTo(6)));
  }

  @Test
  default void startedBeforeTheRestartIsNotStartedAgain() {
    WorkloadSpec spec = trial().spec("earlier", Program.counts(2));
    trial().backplane().start(spec);
    trial().awaitExit(spec.id());
    trial().reopen();
    trial().backplane().start(spec);
    assertThat(trial().text(spec.id(), LogOptions.all())).isEqualTo("1\n2\n");
    assertThat(trial().isEnded(spec.id())).isTrue();
  }

  @Test
  default void manyAreTakenOverAtOnceEachAsItIs() {
    List<WorkloadId> run =
        IntStream.range(0, 10).mapToObj(i -> trial().start("runs-" + i, Program.runs())).toList();
    List<WorkloadId> ended =
        IntStream.range(0, 10)
            .mapToObj(i -> trial().start("ended-" + i, Program.exits(10 + i)))
            .toList();
    ended.forEach(trial()::awaitExit);
    trial().reopen();
    assertThat(trial().backplane().list()).hasSize(20);
    assertThat(run).allSatisfy(id -> assertThat(trial().isEnded(id)).isFalse());
    assertThat(IntStream.range(0, 10).boxed())
        .allSatisfy(i ->
            assertThat(trial().listed(ended.get(i)).orElseThrow())
                .isInstanceOfSatisfying(
                    Observation.Exited.class,
                    exited -> assertThat(exited.code()).isEqualTo(10 + i)));
  }

  @Test
  default void restartsInARowLoseNothing() {
    WorkloadId id = trial().start("patient", Program.obeys(3));
    trial().awaitOutput(id, "ready\n");
    for (int i = 0; i < 3; i++) {
      trial().reopen();
    }
    assertThat(trial().backplane().list()).extracting(Observed::id).containsExactly(id);
    trial().backplane().stop(id, Trial.PATIENT);
    assertThat(trial().awaitExit(id).code()).isEqualTo(3);
  }
}
