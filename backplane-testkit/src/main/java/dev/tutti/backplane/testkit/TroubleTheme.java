package dev.tutti.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.backplane.testkit.Workbench.Accident;
import dev.tutti.core.Failure;
import dev.tutti.core.backplane.LogOptions;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.Particulars;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An engine that is gone for a while, silent, slow, or of another time. */
interface TroubleTheme extends Theme {

  Duration A_WHILE = Duration.ofMillis(700);

  @Test
  default void engineThatIsGoneIsSaidToBeGone() {
    trial().needs(Capability.ENGINE);
    WorkloadId runs = trial().start("before", Program.saysAndRuns("here"));
    trial().awaitOutput(runs, "here\n");
    WorkloadSpec spec = trial().spec("during", Program.runs());
    try (Accident _ = trial().bench().stopEngine()) {
      unavailable(() -> trial().backplane().start(spec));
      unavailable(() -> trial().backplane().list());
      unavailable(() -> trial().backplane().stop(runs, Duration.ZERO));
      unavailable(() -> trial().backplane().remove(runs));
      unavailable(() -> trial().text(runs, LogOptions.all()));
      assertThat(trial().backplane().health().healthy()).isFalse();
      assertThat(trial().backplane().health().detail()).isNotBlank();
    }
  }

  private static void unavailable(Runnable call) {
    assertThatExceptionOfType(Failure.Unavailable.class).isThrownBy(call::run);
  }

  /** Without a restart of ours, and without anybody asking for it. */
  @Test
  default void engineThatIsBackIsUsedAgain() {
    trial().needs(Capability.ENGINE);
    WorkloadId before = trial().start("before", Program.runs());
    trial().awaitRunning(before);
    try (Accident _ = trial().bench().stopEngine()) {
      assertThat(trial().backplane().health().healthy()).isFalse();
    }
    Trial.soon().until(() -> trial().backplane().health().healthy());
    assertThat(trial().backplane().list()).extracting(Observed::id).containsExactly(before);
    WorkloadId after = trial().start("after", Program.exits(3));
    assertThat(trial().awaitExit(after).code()).isEqualTo(3);
    trial().backplane().stop(before, Trial.PATIENT);
    assertThat(trial().awaitExit(before).code()).isEqualTo(143);
  }

  @Test
  default void endWhileTheEngineWasGoneIsToldAfterwards() throws InterruptedException {
    trial().needs(Capability.ENGINE);
    WorkloadId id = trial().start("meanwhile", Program.exitsAfter(A_WHILE, 5));
    trial().awaitRunning(id);
    try (Accident _ = trial().bench().stopEngine()) {
      Thread.sleep(A_WHILE.multipliedBy(2));
      assertThat(trial().witness().endOf(id)).isEmpty();
    }
    assertThat(trial().awaitExit(id).code()).isEqualTo(5);
  }

  @Test
  default void nothingIsMissedWhileTheStreamOfEventsIsCut() {
    trial().needs(Capability.EVENT_STREAM);
    WorkloadId stopped = trial().start("stopped", Program.runs());
    trial().awaitRunning(stopped);
    List<WorkloadId> brief;
    WorkloadId stays;
    try (Accident _ = trial().bench().cutEvents()) {
      trial().backplane().stop(stopped, Trial.PATIENT);
      brief =
          IntStream.range(0, 10)
              .mapToObj(i -> trial().start("brief-" + i, Program.exits(i)))
              .toList();
      stays = trial().start("stays", Program.runs());
      Trial.soon().until(() -> brief.stream().allMatch(trial()::isEnded));
    }
    assertThat(trial().awaitExit(stopped).code()).isEqualTo(143);
    assertThat(IntStream.range(0, 10).boxed())
        .allSatisfy(i -> assertThat(trial().awaitExit(brief.get(i)).code()).isEqualTo(i));
    trial().awaitRunning(stays);
    assertThat(trial().witness().endOf(stays)).isEmpty();
  }

  @Test
  default void streamThatWasCutGoesOnByItself() {
    trial().needs(Capability.EVENT_STREAM);
    for (int i = 0; i < 3; i++) {
      try (Accident _ = trial().bench().cutEvents()) {
        assertThat(trial().backplane().list()).allMatch(known -> known.observation().terminal());
      }
      WorkloadId id = trial().start("after-" + i, Program.exits(i));
      assertThat(trial().awaitExit(id).code()).isEqualTo(i);
    }
  }

  @Test
  default void slowEngineIsWaitedFor() throws Exception {
    trial().needs(Capability.SLOWNESS);
    List<WorkloadSpec> specs =
        IntStream.range(0, 10).mapToObj(i -> trial().spec("slow-" + i, Program.exits(i))).toList();
    try (Accident _ = trial().bench().slowDown(Duration.ofMillis(400))) {
      Trial.atOnce(specs, trial().backplane()::start);
      Trial.atOnce(specs, trial().backplane()::start);
      for (int i = 0; i < specs.size(); i++) {
        assertThat(trial().awaitExit(specs.get(i).id()).code()).isEqualTo(i);
      }
      assertThat(trial().backplane().list()).hasSize(10);
    }
    assertThat(specs)
        .allSatisfy(spec ->
            assertThat(trial().witness().of(spec.id()))
                .filteredOn(Observation::terminal)
                .hasSize(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {-3_600, 3_600})
  default void clocksThatDifferLoseNothing(int seconds) {
    trial().needs(Capability.OTHER_CLOCK);
    Duration difference = Duration.ofSeconds(seconds);
    try (Accident _ = trial().bench().setClockOff(difference)) {
      trial().reopen();
      WorkloadId runs = trial().start("runs", Program.obeys(4));
      trial().awaitOutput(runs, "ready\n");
      WorkloadId ends = trial().start("ends", Program.exits(2));
      assertThat(trial().awaitExit(ends).code()).isEqualTo(2);
      assertThat(trial().backplane().particulars(runs)).map(Particulars::since).isPresent();
      trial().reopen();
      assertThat(trial().backplane().list()).hasSize(2);
      trial().backplane().stop(runs, Trial.PATIENT);
      assertThat(trial().awaitExit(runs).code()).isEqualTo(4);
    }
  }
}
