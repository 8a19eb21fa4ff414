package dev.tutti.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.WorkloadId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How workloads end, and how that is told. */
interface EndingsTheme extends Theme {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 124, 125, 126, 127, 255})
  default void exitCodeIsTheOneOfTheProgram(int code) {
    WorkloadId id = trial().start("code", Program.exits(code));
    assertThat(trial().awaitExit(id).code()).isEqualTo(code);
    assertThat(trial().awaitExit(id).outOfMemory()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 9, 15})
  default void endBySignalIsToldByTheCode(int signal) {
    WorkloadId id = trial().start("signal", Program.killsItself(signal));
    assertThat(trial().awaitExit(id).code()).isEqualTo(ExitCodes.signal(signal));
  }

  @Test
  default void endIsToldOnceAndIsTheLastThing() {
    List<WorkloadId> ids =
        IntStream.range(0, 20).mapToObj(i -> trial().start("end-" + i, Program.exits(3))).toList();
    ids.forEach(trial()::awaitExit);
    for (WorkloadId id : ids) {
      assertThat(trial().witness().of(id)).filteredOn(Observation::terminal).hasSize(1);
      assertThat(trial().witness().of(id).getLast().terminal()).isTrue();
    }
  }

  @Test
  default void endedWorkloadIsListedUntilItIsRemoved() {
    WorkloadId id = trial().start("listed", Program.exits(4));
    Observation.Exited end = trial().awaitExit(id);
    assertThat(trial().backplane().list()).containsExactly(new Observed(id, end));
    trial().backplane().remove(id);
    assertThat(trial().backplane().list()).isEmpty();
  }

  @Test
  default void listenerThatComesLaterHearsOfTheEnd() {
    trial().close();
    trial().openUnheard();
    WorkloadId id = trial().start("unheard", Program.exits(5));
    Trial.soon().until(() -> trial().isEnded(id));
    trial().listen();
    assertThat(trial().awaitExit(id).code()).isEqualTo(5);
  }
}
