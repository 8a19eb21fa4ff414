package dev.tutti.backplane.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.tutti.backplane.testkit.Workbench.Limit;
import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.LogOptions;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.ObservationListener;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.Particulars;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every backplane keeps. Its test extends this and says how to make a {@link Workbench};
 * nothing else.
 */
@Timeout(60)
public abstract class BackplaneContract {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration PATIENT = Duration.ofSeconds(15);

  private Workbench bench;
  private Backplane backplane;
  private Witness witness;

  /** A fresh one for each test. */
  protected abstract Workbench workbench() throws IOException;

  @BeforeEach
  void open() throws IOException {
    bench = workbench();
    backplane = bench.open();
    witness = new Witness();
    backplane.watch(witness);
  }

  @AfterEach
  void nothingIsLeftOver() {
    try {
      backplane.list().forEach(known -> backplane.remove(known.id()));
      assertThat(backplane.list()).isEmpty();
      soon().untilAsserted(() -> assertThat(bench.remains()).isEmpty());
    } finally {
      backplane.close();
      bench.close();
    }
  }

  @Test
  void workloadStartsRunsAndExits() {
    WorkloadId id = start("calm", Program.obeys(0));
    soon().until(() -> witness.sawRunning(id));
    awaitOutput(id, "ready\n");
    backplane.stop(id, PATIENT);
    assertThat(awaitExit(id).code()).isZero();
    assertThat(awaitExit(id).reason()).isEqualTo("Completed");
    assertThat(witness.of(id).getFirst()).isNotInstanceOf(Observation.Exited.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 124, 125, 126, 127, 255})
  void exitCodeIsTheOneOfTheProgram(int code) {
    WorkloadId id = start("code", Program.exits(code));
    assertThat(awaitExit(id).code()).isEqualTo(code);
    assertThat(awaitExit(id).outOfMemory()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 9, 15})
  void endBySignalIsToldByTheCode(int signal) {
    WorkloadId id = start("signal", Program.killsItself(signal));
    assertThat(awaitExit(id).code()).isEqualTo(ExitCodes.signal(signal));
  }

  @Test
  void endIsToldOnceAndIsTheLastThing() {
    List<WorkloadId> ids =
        IntStream.range(0, 20).mapToObj(i -> start("end-" + i, Program.exits(3))).toList();
    ids.forEach(this::awaitExit);
    for (WorkloadId id : ids) {
      assertThat(witness.of(id)).filteredOn(Observation::terminal).hasSize(1);
      assertThat(witness.of(id).getLast().terminal()).isTrue();
    }
  }

  /** What it takes to adopt a workload that no record knows, also after a restart. */
  @Test
  void particularsAreThoseThatItWasStartedWith() {
    WorkloadId id = start("known", Program.obeys(0));
    soon().until(() -> witness.sawRunning(id));
    Particulars before = backplane.particulars(id).orElseThrow();
    assertThat(before.image()).isNotEmpty();
    assertThat(before.place()).isNotEmpty();
    assertThat(before.since()).isBefore(Instant.now().plusSeconds(1));
    assertThat(backplane.particulars(new WorkloadId("nobody"))).isEmpty();
    backplane.stop(id, PATIENT);
    backplane.remove(id);
    assertThat(backplane.particulars(id)).isEmpty();
  }

  @Test
  void endedWorkloadIsListedUntilItIsRemoved() {
    WorkloadId id = start("listed", Program.exits(4));
    Observation.Exited end = awaitExit(id);
    assertThat(backplane.list()).containsExactly(new Observed(id, end));
    backplane.remove(id);
    assertThat(backplane.list()).isEmpty();
  }

  @Test
  void listenerThatComesLaterHearsOfTheEnd() {
    backplane.close();
    backplane = bench.open();
    WorkloadId id = start("unheard", Program.exits(5));
    soon().until(() -> isEnded(id));
    Witness late = new Witness();
    backplane.watch(late);
    soon().until(() -> late.endOf(id).isPresent());
  }

  @Test
  void startedTwiceRunsOnce() {
    WorkloadId id = new WorkloadId("twice");
    WorkloadSpec spec = bench.spec(id, Program.counts(3), Map.of());
    backplane.start(spec);
    backplane.start(spec);
    awaitExit(id);
    backplane.start(spec);
    assertThat(text(id, LogOptions.all())).isEqualTo("1\n2\n3\n");
    assertThat(witness.of(id)).filteredOn(Observation::terminal).hasSize(1);
  }

  @Test
  void startedByManyAtOnceRunsOnce() throws Exception {
    WorkloadId id = new WorkloadId("contended");
    WorkloadSpec spec = bench.spec(id, Program.counts(3), Map.of());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> starts = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        starts.add(threads.submit(() -> backplane.start(spec)));
      }
      for (Future<?> start : starts) {
        start.get();
      }
    }
    awaitExit(id);
    assertThat(text(id, LogOptions.all())).isEqualTo("1\n2\n3\n");
  }

  @Test
  void startedBeforeTheRestartIsNotStartedAgain() {
    WorkloadId id = new WorkloadId("earlier");
    WorkloadSpec spec = bench.spec(id, Program.counts(2), Map.of());
    backplane.start(spec);
    awaitExit(id);
    reopen(witness);
    backplane.start(spec);
    assertThat(text(id, LogOptions.all())).isEqualTo("1\n2\n");
    assertThat(isEnded(id)).isTrue();
  }

  @Test
  void unknownImageIsRefused() {
    WorkloadSpec spec = bench.unknownImage(new WorkloadId("nowhere"));
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> backplane.start(spec))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(ExitCodes.IMAGE_UNKNOWN))
        .satisfies(refused -> assertThat(refused.reason()).isNotBlank());
    assertThat(backplane.list()).isEmpty();
  }

  @Test
  void stopAsksFirst() {
    WorkloadId id = start("asked", Program.obeys(7));
    awaitOutput(id, "ready\n");
    backplane.stop(id, PATIENT);
    assertThat(isEnded(id)).isTrue();
    assertThat(awaitExit(id).code()).isEqualTo(7);
  }

  @Test
  void stoppedProgramThatDoesNotHandleItEndsWithCode143() {
    WorkloadId id = start("unhandled", Program.runs());
    soon().until(() -> witness.sawRunning(id));
    backplane.stop(id, PATIENT);
    assertThat(awaitExit(id).code()).isEqualTo(143);
  }

  @Test
  void whoIgnoresTheGraceIsKilledWithCode137() {
    WorkloadId id = start("stubborn", Program.ignoresAsking());
    awaitOutput(id, "ready\n");
    Duration grace = Duration.ofMillis(400);
    long begin = System.nanoTime();
    backplane.stop(id, grace);
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    assertThat(isEnded(id)).isTrue();
    assertThat(awaitExit(id).code()).isEqualTo(137);
    if (!bench.limits().contains(Limit.SIMULATED_TIME)) {
      assertThat(took).isGreaterThanOrEqualTo(grace);
    }
  }

  @Test
  void workloadIsStoppedRightAfterItsStart() {
    for (int i = 0; i < 5; i++) {
      WorkloadId id = start("brief-" + i, Program.runs());
      backplane.stop(id, PATIENT);
      assertThat(isEnded(id)).isTrue();
      soon().until(() -> witness.endOf(id).isPresent());
    }
  }

  @Test
  void stopAndRemoveOfTheUnknownOrEndedAreNoErrors() {
    WorkloadId unknown = new WorkloadId("unknown");
    assertThatCode(() -> backplane.stop(unknown, Duration.ZERO)).doesNotThrowAnyException();
    assertThatCode(() -> backplane.remove(unknown)).doesNotThrowAnyException();
    WorkloadId ended = start("ended", Program.exits(0));
    awaitExit(ended);
    assertThatCode(() -> backplane.stop(ended, PATIENT)).doesNotThrowAnyException();
    backplane.remove(ended);
    assertThatCode(() -> backplane.remove(ended)).doesNotThrowAnyException();
  }

  @Test
  void removeEndsWhatRuns() {
    WorkloadId id = start("removed", Program.ignoresAsking());
    soon().until(() -> witness.sawRunning(id));
    backplane.remove(id);
    assertThat(backplane.list()).isEmpty();
    soon().until(() -> witness.endOf(id).isPresent());
  }

  @Test
  void logsAreBothOutputsAsTheyCame() {
    WorkloadId id = start("both", Program.speaksOnBothOutputs());
    awaitExit(id);
    if (bench.limits().contains(Limit.OUTPUTS_APART)) {
      assertThat(text(id, LogOptions.all()).lines()).containsExactlyInAnyOrder("out", "err");
    } else {
      assertThat(text(id, LogOptions.all())).isEqualTo("out\nerr\n");
    }
  }

  @Test
  void logsShowTheLastLinesThatAreAskedFor() {
    WorkloadId id = start("counting", Program.counts(100_000));
    awaitExit(id);
    assertThat(text(id, LogOptions.last(3))).isEqualTo("99998\n99999\n100000\n");
    assertThat(text(id, LogOptions.last(0))).isEmpty();
    assertThat(text(id, LogOptions.last(1_000_000)).lines()).hasSize(100_000);
    assertThat(text(id, LogOptions.all()).lines()).hasSize(100_000);
  }

  @Test
  void logsOfSilentProgramAreEmpty() {
    WorkloadId id = start("silent", Program.exits(0));
    awaitExit(id);
    assertThat(text(id, LogOptions.all())).isEmpty();
    assertThat(text(id, LogOptions.last(10))).isEmpty();
    assertThat(text(id, new LogOptions(-1, true))).isEmpty();
  }

  @Test
  void logsOfOneThatRunsEndWhereItIsNow() {
    WorkloadId id = start("talking", Program.saysAndRuns("hello"));
    awaitOutput(id, "hello\n");
    backplane.stop(id, Duration.ZERO);
  }

  @Test
  void logsBearLongLines() {
    int length = 1 << 20;
    WorkloadId id = start("long", Program.saysLongLine(length));
    awaitExit(id);
    assertThat(text(id, LogOptions.last(1))).hasSize(length).containsOnlyOnce("x".repeat(length));
  }

  @Test
  void logsKeepEveryByte() {
    Assumptions.assumeFalse(bench.limits().contains(Limit.NO_BINARY_OUTPUT));
    WorkloadId id = start("binary", Program.saysEveryByte());
    awaitExit(id);
    byte[] said = text(id, LogOptions.all()).getBytes(ISO_8859_1);
    assertThat(said).hasSize(256);
    assertThat(IntStream.range(0, 256).allMatch(i -> said[i] == (byte) i)).isTrue();
  }

  @Test
  void followGoesOnUntilTheEnd() throws Exception {
    WorkloadId id = start("followed", Program.saysAndRuns("begin"));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        InputStream follow = backplane.logs(id, new LogOptions(-1, true))) {
      assertThat(new String(follow.readNBytes(6), UTF_8)).isEqualTo("begin\n");
      Future<Integer> next = threads.submit(() -> follow.read());
      assertThat(next.isDone()).isFalse();
      backplane.stop(id, Duration.ZERO);
      assertThat(next.get()).isEqualTo(-1);
    }
  }

  @Test
  void closingTheStreamEndsTheFollow() throws Exception {
    WorkloadId id = start("unfollowed", Program.runs());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      InputStream follow = backplane.logs(id, new LogOptions(-1, true));
      Future<Integer> next = threads.submit(() -> follow.read());
      follow.close();
      assertThat(next.get()).isEqualTo(-1);
    }
  }

  @Test
  void logsOfTheUnknownAreNotFound() {
    WorkloadId id = start("forgotten", Program.exits(0));
    awaitExit(id);
    backplane.remove(id);
    assertThatExceptionOfType(Failure.NotFound.class)
        .isThrownBy(() -> backplane.logs(id, LogOptions.all()));
  }

  @Test
  void environmentArrivesAsItIs() {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("PLAIN", "value");
    given.put("EMPTY", "");
    given.put("EQUALS", "a=b==c");
    given.put("LINES", "first\nsecond\n\nlast\n");
    given.put("QUOTES", "it's \"so\" `id` $(id) ${HOME} $HOME \\n \\");
    given.put("SPACES", "  two  spaces\tand a tab ");
    given.put("LETTERS", "grün 水 😀 \u00a0");
    given.put("dotted.name", "dots");
    given.put("dashed-name", "dashes");
    given.put("-dash", "first");
    given.put("with space", "odd");
    given.put("1digit", "odd too");
    given.put("ODD$(id)'\"\\", "oddest");
    given.put("JSON", "{\"a\": [1, 2, \"*\"], \"b\": \"#;&|<>!~\"}");
    given.put("LARGE", "0123456789".repeat(10_000));
    WorkloadId id = new WorkloadId("environment");
    backplane.start(bench.spec(id, Program.saysEnvironment(), given));
    assertThat(awaitExit(id).code()).isZero();
    String said = new String(text(id, LogOptions.all()).getBytes(ISO_8859_1), UTF_8);
    Map<String, String> arrived = new LinkedHashMap<>();
    Arrays.stream(said.split("\0"))
        .forEach(line ->
            arrived.put(
                line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    assertThat(arrived).containsAllEntriesOf(given);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a=b", "nul\0"})
  void variableThatCannotBeIsRefused(String name) {
    WorkloadId id = new WorkloadId("impossible");
    WorkloadSpec spec = bench.spec(id, Program.exits(0), Map.of(name, "value"));
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> backplane.start(spec))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(ExitCodes.START_FAILED))
        .satisfies(refused -> assertThat(refused.reason()).isNotBlank());
  }

  @Test
  void valueWithNulIsRefused() {
    WorkloadId id = new WorkloadId("nul");
    WorkloadSpec spec = bench.spec(id, Program.exits(0), Map.of("NAME", "a\0b"));
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> backplane.start(spec))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(ExitCodes.START_FAILED));
  }

  @Test
  void workloadOutlivesTheBackplaneAndIsTakenOver() {
    WorkloadId id = start("adopted", Program.obeys(9));
    awaitOutput(id, "ready\n");
    Witness after = new Witness();
    reopen(after);
    assertThat(backplane.list())
        .singleElement()
        .satisfies(known -> assertThat(known.id()).isEqualTo(id))
        .satisfies(known -> assertThat(known.observation().terminal()).isFalse());
    backplane.stop(id, PATIENT);
    soon().until(() -> after.endOf(id).isPresent());
    assertThat(after.endOf(id))
        .get()
        .isInstanceOfSatisfying(
            Observation.Exited.class, exited -> assertThat(exited.code()).isEqualTo(9));
    assertThat(text(id, LogOptions.all())).startsWith("ready\n");
  }

  @Test
  void endWhileClosedIsToldAfterwards() {
    WorkloadId id = start("meanwhile", Program.exits(6));
    Witness after = new Witness();
    reopen(after);
    soon().until(() -> isEnded(id));
    boolean toldBefore = witness.endOf(id).isPresent();
    soon().until(() -> toldBefore || after.endOf(id).isPresent());
    assertThat(backplane.list())
        .singleElement()
        .satisfies(known ->
            assertThat(known.observation())
                .isInstanceOfSatisfying(
                    Observation.Exited.class, exited -> assertThat(exited.code()).isEqualTo(6)));
  }

  @Test
  void workloadThatDisappearsIsReported() {
    WorkloadId id = start("gone", Program.saysAndRuns("here"));
    awaitOutput(id, "here\n");
    bench.makeVanish(id);
    soon().until(() -> witness.endOf(id).isPresent());
    Observation end = witness.endOf(id).orElseThrow();
    if (bench.limits().contains(Limit.NO_MEMORY_OF_THE_REMOVED)) {
      assertThat(end)
          .isInstanceOfAny(Observation.Vanished.class, Observation.Exited.class)
          .isNotEqualTo(new Observation.Exited(0, "Completed", false));
    } else {
      assertThat(end).isInstanceOf(Observation.Vanished.class);
    }
  }

  @Test
  void workloadThatDisappearsWhileClosedIsReported() {
    WorkloadId id = start("lost", Program.saysAndRuns("here"));
    awaitOutput(id, "here\n");
    backplane.close();
    bench.makeVanish(id);
    Witness after = new Witness();
    backplane = bench.open();
    backplane.watch(after);
    if (bench.limits().contains(Limit.NO_MEMORY_OF_THE_REMOVED)) {
      assertThat(backplane.list()).isEmpty();
      return;
    }
    soon().until(() -> after.endOf(id).isPresent());
    assertThat(after.endOf(id)).get().isInstanceOf(Observation.Vanished.class);
  }

  @Test
  @Timeout(300)
  void twoHundredRunAtOnce() throws Exception {
    int count = 200;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> starts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        WorkloadSpec spec =
            bench.spec(new WorkloadId("crowd-" + i), Program.runs(), Map.of("NUMBER", "" + i));
        starts.add(threads.submit(() -> backplane.start(spec)));
      }
      for (Future<?> start : starts) {
        start.get();
      }
      assertThat(backplane.list()).hasSize(count);
      List<Future<?>> stops = new ArrayList<>();
      for (Observed known : backplane.list()) {
        stops.add(threads.submit(() -> backplane.stop(known.id(), PATIENT)));
      }
      for (Future<?> stop : stops) {
        stop.get();
      }
    }
    soon().until(() -> witness.ends() == count);
    for (Observed known : backplane.list()) {
      assertThat(awaitExit(known.id()).code()).isEqualTo(143);
    }
  }

  @Test
  void healthyBackplaneSaysSo() {
    assertThat(backplane.health().healthy()).isTrue();
    assertThat(backplane.name()).isNotBlank();
  }

  /** Looks at once, then often: most ends are seen within milliseconds. */
  private static ConditionFactory soon() {
    return await().atMost(SOON).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
  }

  private WorkloadId start(String name, Program program) {
    WorkloadId id = new WorkloadId(name);
    backplane.start(bench.spec(id, program, Map.of()));
    return id;
  }

  private void reopen(ObservationListener listener) {
    backplane.close();
    backplane = bench.open();
    backplane.watch(listener);
  }

  private boolean isEnded(WorkloadId id) {
    return backplane.list().stream()
        .anyMatch(known -> known.id().equals(id) && known.observation().terminal());
  }

  private Observation.Exited awaitExit(WorkloadId id) {
    soon().until(() -> witness.endOf(id).isPresent());
    Observation end = witness.endOf(id).orElseThrow();
    assertThat(end).isInstanceOf(Observation.Exited.class);
    return (Observation.Exited) end;
  }

  private void awaitOutput(WorkloadId id, String output) {
    soon().until(() -> text(id, LogOptions.all()).equals(output));
  }

  /** As Latin-1, in which every byte is a character. */
  private String text(WorkloadId id, LogOptions options) {
    try (InputStream logs = backplane.logs(id, options)) {
      return new String(logs.readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
