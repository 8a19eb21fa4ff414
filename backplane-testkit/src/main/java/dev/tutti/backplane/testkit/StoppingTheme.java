package dev.tutti.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.WorkloadId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Workloads that are made to end, and forgotten. */
interface StoppingTheme extends Theme {

  @Test
  default void stopAsksFirst() {
    WorkloadId id = trial().start("asked", Program.obeys(7));
    trial().awaitOutput(id, "ready\n");
    trial().backplane().stop(id, Trial.PATIENT);
    assertThat(trial().isEnded(id)).isTrue();
    assertThat(trial().awaitExit(id).code()).isEqualTo(7);
  }

  /** The grace is how long it may take, not how long it takes. */
  @Test
  default void stopReturnsWhenItHasEndedAndNotWhenTheGraceHasPassed() {
    WorkloadId id = trial().start("prompt", Program.obeys(0));
    trial().awaitOutput(id, "ready\n");
    Duration grace = Duration.ofSeconds(50);
    assertThat(took(() -> trial().backplane().stop(id, grace))).isLessThan(grace.dividedBy(2));
  }

  @Test
  default void stoppedProgramThatDoesNotHandleItEndsWithCode143() {
    WorkloadId id = trial().start("unhandled", Program.runs());
    trial().awaitRunning(id);
    trial().backplane().stop(id, Trial.PATIENT);
    assertThat(trial().awaitExit(id).code()).isEqualTo(143);
  }

  @Test
  default void whoIgnoresTheGraceIsKilledWithCode137() {
    WorkloadId id = trial().start("stubborn", Program.ignoresAsking());
    trial().awaitOutput(id, "ready\n");
    trial().backplane().stop(id, Duration.ofMillis(400));
    assertThat(trial().isEnded(id)).isTrue();
    assertThat(trial().awaitExit(id).code()).isEqualTo(137);
  }

  @Test
  default void graceIsGivenInFull() {
    trial().needs(Capability.REAL_TIME);
    WorkloadId id = trial().start("slow-to-go", Program.ignoresAsking());
    trial().awaitOutput(id, "ready\n");
    Duration grace = Duration.ofMillis(1_100);
    assertThat(took(() -> trial().backplane().stop(id, grace))).isGreaterThanOrEqualTo(grace);
  }

  private static Duration took(Runnable action) {
    long begin = System.nanoTime();
    action.run();
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Test
  default void workloadIsStoppedRightAfterItsStart() {
    for (int i = 0; i < 5; i++) {
      WorkloadId id = trial().start("brief-" + i, Program.runs());
      trial().backplane().stop(id, Trial.PATIENT);
      assertThat(trial().isEnded(id)).isTrue();
      trial().awaitEnd(id);
    }
  }

  @Test
  default void stopAndRemoveOfTheUnknownOrEndedAreNoErrors() {
    WorkloadId unknown = new WorkloadId("unknown");
    assertThatCode(() -> trial().backplane().stop(unknown, Duration.ZERO))
        .doesNotThrowAnyException();
    assertThatCode(() -> trial().backplane().remove(unknown)).doesNotThrowAnyException();
    WorkloadId ended = trial().start("ended", Program.exits(0));
    trial().awaitExit(ended);
    assertThatCode(() -> trial().backplane().stop(ended, Trial.PATIENT)).doesNotThrowAnyException();
    trial().backplane().remove(ended);
    assertThatCode(() -> trial().backplane().remove(ended)).doesNotThrowAnyException();
  }

  @Test
  default void removeEndsWhatRuns() {
    WorkloadId id = trial().start("removed", Program.ignoresAsking());
    trial().awaitRunning(id);
    trial().backplane().remove(id);
    assertThat(trial().backplane().list()).isEmpty();
    trial().awaitEnd(id);
  }

  @Test
  default void stopAndRemoveOfOneLeaveTheOthersAlone() {
    WorkloadId stays = trial().start("stays", Program.saysAndRuns("here"));
    WorkloadId goes = trial().start("stays-not", Program.saysAndRuns("here"));
    trial().awaitOutput(stays, "here\n");
    trial().awaitOutput(goes, "here\n");
    trial().backplane().stop(goes, Duration.ZERO);
    trial().backplane().remove(goes);
    assertThat(trial().backplane().list()).extracting(Observed::id).containsExactly(stays);
    assertThat(trial().isEnded(stays)).isFalse();
    assertThat(trial().witness().endOf(stays)).isEmpty();
  }
}
