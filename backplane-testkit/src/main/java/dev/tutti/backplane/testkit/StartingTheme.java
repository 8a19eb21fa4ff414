package dev.tutti.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.LogOptions;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How workloads begin, and which never do. */
interface StartingTheme extends Theme {

  @Test
  default void workloadStartsRunsAndExits() {
    WorkloadId id = trial().start("calm", Program.obeys(0));
    trial().awaitRunning(id);
    trial().awaitOutput(id, "ready\n");
    trial().backplane().stop(id, Trial.PATIENT);
    assertThat(trial().awaitExit(id).code()).isZero();
    assertThat(trial().awaitExit(id).reason()).isEqualTo("Completed");
    assertThat(trial().witness().of(id).getFirst()).isNotInstanceOf(Observation.Exited.class);
  }

  @Test
  default void startedTwiceRunsOnce() {
    WorkloadSpec spec = trial().spec("twice", Program.counts(3));
    trial().backplane().start(spec);
    trial().backplane().start(spec);
    trial().awaitExit(spec.id());
    trial().backplane().start(spec);
    assertThat(trial().text(spec.id(), LogOptions.all())).isEqualTo("1\n2\n3\n");
    assertThat(trial().witness().of(spec.id())).filteredOn(Observation::terminal).hasSize(1);
  }

  @Test
  default void startedByManyAtOnceRunsOnce() throws Exception {
    WorkloadSpec spec = trial().spec("contended", Program.counts(3));
    Trial.atOnce(Collections.nCopies(16, spec), trial().backplane()::start);
    trial().awaitExit(spec.id());
    assertThat(trial().text(spec.id(), LogOptions.all())).isEqualTo("1\n2\n3\n");
  }

  @Test
  default void unknownImageIsRefused() {
    WorkloadSpec spec = trial().bench().unknownImage(new WorkloadId("nowhere"));
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> trial().backplane().start(spec))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(ExitCodes.IMAGE_UNKNOWN))
        .satisfies(refused -> assertThat(refused.reason()).isNotBlank());
    assertThat(trial().backplane().list()).isEmpty();
  }

  /** Whether that is an image nobody knows or a name that cannot be is a matter of taste. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "UPPER/case:1", "two words", "a/b:c:d", "-x", "line\nbreak", "ä"})
  default void imageNameThatCannotBeIsRefused(String name) {
    WorkloadSpec spec = new WorkloadSpec(new WorkloadId("unnamed"), name, Map.of(), Map.of());
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> trial().backplane().start(spec))
        .satisfies(refused ->
            assertThat(refused.code()).isIn(ExitCodes.IMAGE_UNKNOWN, ExitCodes.START_FAILED))
        .satisfies(refused -> assertThat(refused.reason()).isNotBlank());
    assertThat(trial().backplane().list()).isEmpty();
  }

  /** It may work later: whoever asked tries again, and is told why it does not work now. */
  @Test
  default void imageThatCannotBeFetchedNowIsNoRefusal() {
    trial().needs(Capability.REGISTRY);
    WorkloadSpec spec = trial().bench().unreachableImage(new WorkloadId("unreachable"));
    assertThatExceptionOfType(Failure.Unavailable.class)
        .isThrownBy(() -> trial().backplane().start(spec))
        .satisfies(why -> assertThat(why.problem().detail()).contains(spec.image()));
    assertThat(trial().backplane().list()).isEmpty();
  }

  @Test
  default void healthyBackplaneSaysSo() {
    assertThat(trial().backplane().health().healthy()).isTrue();
    assertThat(trial().backplane().name()).isNotBlank();
  }
}
