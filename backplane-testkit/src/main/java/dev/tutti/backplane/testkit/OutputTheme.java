package dev.tutti.backplane.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.LogOptions;
import dev.tutti.core.backplane.WorkloadId;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What workloads say: all of it, the last lines, and as it comes. */
interface OutputTheme extends Theme {

  @Test
  default void logsHoldBothOutputs() {
    WorkloadId id = trial().start("two", Program.speaksOnBothOutputs());
    trial().awaitExit(id);
    assertThat(trial().text(id, LogOptions.all()).lines()).containsExactlyInAnyOrder("out", "err");
  }

  @Test
  default void logsAreBothOutputsAsTheyCame() {
    trial().needs(Capability.ORDER_OF_OUTPUTS);
    WorkloadId id = trial().start("both", Program.speaksOnBothOutputs());
    trial().awaitExit(id);
    assertThat(trial().text(id, LogOptions.all())).isEqualTo("out\nerr\n");
  }

  @Test
  default void logsShowTheLastLinesThatAreAskedFor() {
    WorkloadId id = trial().start("counting", Program.counts(100_000));
    trial().awaitExit(id);
    assertThat(trial().text(id, LogOptions.last(3))).isEqualTo("99998\n99999\n100000\n");
    assertThat(trial().text(id, LogOptions.last(0))).isEmpty();
    assertThat(trial().text(id, LogOptions.last(1_000_000)).lines()).hasSize(100_000);
    assertThat(trial().text(id, LogOptions.all()).lines()).hasSize(100_000);
  }

  @Test
  default void logsOfSilentProgramAreEmpty() {
    WorkloadId id = trial().start("silent", Program.exits(0));
    trial().awaitExit(id);
    assertThat(trial().text(id, LogOptions.all())).isEmpty();
    assertThat(trial().text(id, LogOptions.last(10))).isEmpty();
    assertThat(trial().text(id, new LogOptions(-1, true))).isEmpty();
  }

  @Test
  default void logsOfOneThatRunsEndWhereItIsNow() {
    WorkloadId id = trial().start("talking", Program.saysAndRuns("hello"));
    trial().awaitOutput(id, "hello\n");
    trial().backplane().stop(id, Duration.ZERO);
  }

  @Test
  default void logsBearLongLines() {
    int length = 1 << 20;
    WorkloadId id = trial().start("long", Program.saysLongLine(length));
    trial().awaitExit(id);
    assertThat(trial().text(id, LogOptions.last(1)))
        .hasSize(length)
        .containsOnlyOnce("x".repeat(length));
  }

  @Test
  default void logsKeepEveryByte() {
    trial().needs(Capability.BINARY_OUTPUT);
    WorkloadId id = trial().start("binary", Program.saysEveryByte());
    trial().awaitExit(id);
    byte[] said = trial().text(id, LogOptions.all()).getBytes(ISO_8859_1);
    assertThat(said).hasSize(256);
    assertThat(IntStream.range(0, 256).allMatch(i -> said[i] == (byte) i)).isTrue();
  }

  @Test
  default void followGoesOnUntilTheEnd() throws Exception {
    WorkloadId id = trial().start("followed", Program.saysAndRuns("begin"));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        InputStream follow = trial().backplane().logs(id, new LogOptions(-1, true))) {
      assertThat(new String(follow.readNBytes(6), UTF_8)).isEqualTo("begin\n");
      Future<Integer> next = threads.submit(() -> follow.read());
      assertThat(next.isDone()).isFalse();
      trial().backplane().stop(id, Duration.ZERO);
      assertThat(next.get()).isEqualTo(-1);
    }
  }

  @Test
  default void followBeginsWithTheLastLinesThatAreAskedFor() throws Exception {
    WorkloadId id = trial().start("caught-up", Program.saysAndRuns("a", "b", "c"));
    trial().awaitOutput(id, "a\nb\nc\n");
    try (InputStream follow = trial().backplane().logs(id, new LogOptions(2, true))) {
      assertThat(new String(follow.readNBytes(4), UTF_8)).isEqualTo("b\nc\n");
      trial().backplane().stop(id, Duration.ZERO);
      assertThat(follow.read()).isEqualTo(-1);
    }
  }

  @Test
  default void followOfAnEndedProgramIsItsWholeOutput() {
    WorkloadId id = trial().start("told", Program.counts(1_000));
    trial().awaitExit(id);
    assertThat(trial().text(id, new LogOptions(-1, true)).lines()).hasSize(1_000);
    assertThat(trial().text(id, new LogOptions(1, true))).isEqualTo("1000\n");
  }

  @Test
  default void closingTheStreamEndsTheFollow() throws Exception {
    WorkloadId id = trial().start("unfollowed", Program.runs());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      InputStream follow = trial().backplane().logs(id, new LogOptions(-1, true));
      Future<Integer> next = threads.submit(() -> follow.read());
      follow.close();
      assertThat(next.get()).isEqualTo(-1);
    }
  }

  @Test
  default void logsOfTheUnknownAreNotFound() {
    WorkloadId id = trial().start("forgotten", Program.exits(0));
    trial().awaitExit(id);
    trial().backplane().remove(id);
    assertThatExceptionOfType(Failure.NotFound.class)
        .isThrownBy(() -> trial().backplane().logs(id, LogOptions.all()));
  }
}
