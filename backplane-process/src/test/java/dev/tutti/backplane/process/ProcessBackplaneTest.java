package dev.tutti.backplane.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.tutti.backplane.testkit.Program;
import dev.tutti.backplane.testkit.Witness;
import dev.tutti.core.Failure;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.backplane.Image;
import dev.tutti.core.backplane.LogOptions;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.StartRefused;
import dev.tutti.core.backplane.WorkloadId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What processes have beyond the suite of all backplanes. */
@Timeout(60)
final class ProcessBackplaneTest {

  private static final WorkloadId ID = new WorkloadId("w-1");
  private static final Duration PATIENT = Duration.ofSeconds(15);

  @TempDir private Path elsewhere;

  private ProcessWorkbench bench;
  private ProcessBackplane backplane;
  private Witness witness;

  @BeforeEach
  void open() throws IOException {
    bench = new ProcessWorkbench();
    witness = new Witness();
    reopen();
  }

  @AfterEach
  void close() {
    backplane.list().forEach(known -> backplane.remove(known.id()));
    backplane.close();
    assertThat(bench.remains()).isEmpty();
    bench.close();
  }

  private void reopen() {
    backplane = bench.open(ProcessWorkbench.SETTINGS);
    backplane.watch(witness);
  }

  private static ConditionFactory soon() {
    return await()
        .atMost(Duration.ofSeconds(20))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5));
  }

  private void start(String... command) {
    backplane.start(bench.spec(ID, List.of(command), Map.of()));
  }

  private Observation awaitEnd() {
    soon().until(() -> witness.endOf(ID).isPresent());
    return witness.endOf(ID).orElseThrow();
  }

  private Observation.Exited awaitExit() {
    assertThat(awaitEnd()).isInstanceOf(Observation.Exited.class);
    return (Observation.Exited) awaitEnd();
  }

  private String output() throws IOException {
    try (InputStream logs = backplane.logs(ID, LogOptions.all())) {
      return new String(logs.readAllBytes(), UTF_8);
    }
  }

  private void awaitOutput(String text) {
    soon().until(() -> output().contains(text));
  }

  @Test
  void killedWrapperTakesAllItStartedWithIt() {
    start("/bin/sh", "-c", "sleep 600 & sleep 600 & echo ready; wait");
    awaitOutput("ready");
    assertThat(bench.processes()).hasSize(4);
    bench.makeVanish(ID);
    assertThat(awaitEnd()).isInstanceOf(Observation.Vanished.class);
    assertThat(bench.processes()).isEmpty();
  }

  @Test
  void stopEndsGrandchildrenThatIgnoreItAndThoseInGroupsOfTheirOwn() {
    // Under job control, what runs in the background has a process group of its own.
    start(
        "/bin/sh",
        "-c",
        "set -m; (trap '' TERM; while :; do sleep 0.1; done) & sleep 600 & echo ready; wait");
    awaitOutput("ready");
    backplane.stop(ID, Duration.ofMillis(100));
    assertThat(bench.processes()).isEmpty();
    assertThat(awaitEnd()).isInstanceOf(Observation.Exited.class);
  }

  @Test
  void commandThatEndsLeavesNobodyBehind() {
    start("/bin/sh", "-c", "set -m; sleep 600 & set +m; sleep 600 & exit 3");
    assertThat(awaitExit().code()).isEqualTo(3);
    soon().until(() -> bench.processes().isEmpty());
  }

  @Test
  void processThatGotTheNumberLaterIsLeftAlone() throws Exception {
    Process stranger = new ProcessBuilder("setsid", "sleep", "600").start();
    try {
      ProcessStat stat = ProcessStat.of((int) stranger.pid()).orElseThrow();
      String boot = ProcessIdentity.currentBoot();
      backplane.close();
      fake("other-ticks", new ProcessIdentity(stat.pid(), stat.startTicks() - 1, boot));
      fake("other-boot", new ProcessIdentity(stat.pid(), stat.startTicks(), "another-boot"));
      reopen();
      for (String name : List.of("other-ticks", "other-boot")) {
        WorkloadId id = new WorkloadId(name);
        soon().until(() -> witness.endOf(id).isPresent());
        assertThat(witness.endOf(id)).get().isInstanceOf(Observation.Vanished.class);
        backplane.stop(id, Duration.ZERO);
        backplane.remove(id);
      }
      assertThat(stranger.isAlive()).isTrue();
      assertThat(ProcessStat.of(stat.pid())).get().matches(ProcessStat::alive);
    } finally {
      stranger.destroyForcibly().waitFor();
    }
  }

  private void fake(String name, ProcessIdentity identity) throws IOException {
    AttemptFolder folder = bench.attempt(new WorkloadId(name));
    folder.create();
    folder.prepare(bench.spec(new WorkloadId(name), Program.runs(), Map.of()));
    Files.writeString(
        folder.records().resolve("pid"),
        "%d %d %s\n".formatted(identity.pid(), identity.startTicks(), identity.boot()));
  }

  @Test
  void folderThatNobodyTookIsGivenUpAfterAGrace() throws IOException {
    backplane.close();
    bench.attempt(ID).create();
    reopen();
    assertThat(backplane.list())
        .singleElement()
        .satisfies(known -> assertThat(known.observation().terminal()).isFalse());
    assertThat(awaitEnd()).isInstanceOf(Observation.Vanished.class);
    start("echo", "too late");
    assertThat(output()).isEmpty();
  }

  @Test
  void startThatWasCutShortIsDoneAgain() throws IOException {
    backplane.close();
    bench.attempt(ID).create();
    reopen();
    start("echo", "after all");
    assertThat(awaitExit().code()).isZero();
    assertThat(output()).isEqualTo("after all\n");
  }

  @Test
  void wrapperThatComesTooLateRunsNothing() throws IOException {
    AttemptFolder folder = bench.attempt(ID);
    folder.create();
    folder.prepare(bench.spec(ID, Program.runs(), Map.of()));
    assertThat(folder.giveUp()).isTrue();
    Image image = new Image("late", List.of("touch", elsewhere + "/ran"), "", Map.of());
    Launch launch = Launch.of(bench.spec(ID, image, Map.of()), image, folder.home(), "127.0.0.1");
    int pid = Wrapper.start(launch, folder).pid();
    soon().until(() -> ProcessStat.of(pid).filter(ProcessStat::alive).isEmpty());
    ProcessStat ended = ProcessStat.of(pid).orElseThrow();
    new ProcessIdentity(pid, ended.startTicks(), ProcessIdentity.currentBoot())
        .reap(ProcessIdentity.currentBoot());
    assertThat(elsewhere.resolve("ran")).doesNotExist();
    assertThat(folder.exit()).isEmpty();
    folder.delete();
  }

  @Test
  void environmentHoldsNothingOfOurs() throws IOException {
    Image image =
        new Image(
            "clean",
            List.of("cat", "/proc/self/environ"),
            "",
            Map.of("FROM_CATALOGUE", "1", "BOTH", "catalogue", "ADDRESS", "unset"));
    Map<String, String> given =
        Map.of("BOTH", "request", "ADDRESS", "mqtt://host.docker.internal:1883");
    backplane.start(bench.spec(ID, image, given));
    awaitExit();
    assertThat(Arrays.asList(output().split("\0")))
        .containsExactlyInAnyOrder(
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME=" + bench.attempt(ID).home(),
            "LANG=C.UTF-8",
            "FROM_CATALOGUE=1",
            "BOTH=request",
            "ADDRESS=mqtt://127.0.0.1:1883",
            "TUTTI_WORKLOAD_ID=w-1");
  }

  @Test
  void environmentIsNotSeenInTheListOfProcesses() {
    String secret = "open-sesame-7391";
    backplane.start(bench.spec(ID, Program.saysAndRuns("ready"), Map.of("PASSWORD", secret)));
    awaitOutput("ready");
    assertThat(bench.processes()).isNotEmpty().noneMatch(pid -> commandLine(pid).contains(secret));
  }

  private static String commandLine(String pid) {
    try {
      return Files.readString(Path.of("/proc", pid, "cmdline"), ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }

  @Test
  void nothingOfOursIsOpenInAWorkload() throws IOException {
    start("ls", "/proc/self/fd");
    awaitExit();
    // 3 is the folder that ls itself is reading.
    assertThat(output().lines()).containsExactlyInAnyOrder("0", "1", "2", "3");
  }

  @Test
  void argumentsOfTheCommandAreNotParsed() throws IOException {
    start("printf", "<%s>", "$(id)", "a b", "", "`id`", "x;y", "\"'\\", "ü\n");
    awaitExit();
    assertThat(output()).isEqualTo("<$(id)><a b><><`id`><x;y><\"'\\><ü\n>");
  }

  @Test
  void commandRunsInItsHomeOrWhereTheCatalogueSays() throws IOException {
    start("pwd");
    awaitExit();
    assertThat(output().strip()).isEqualTo(bench.attempt(ID).home().toString());
    WorkloadId other = new WorkloadId("w-2");
    Image image = new Image("there", List.of("touch", "here"), elsewhere.toString(), Map.of());
    backplane.start(bench.spec(other, image, Map.of()));
    soon().until(() -> witness.endOf(other).isPresent());
    assertThat(elsewhere.resolve("here")).exists();
  }

  @Test
  void whatCannotRunIsRefusedWithAReason() throws IOException {
    Path plain = Files.writeString(elsewhere.resolve("plain"), "text");
    assertRefused(new Image("i", List.of("no-such-program"), "", Map.of()), "no-such-program");
    assertRefused(new Image("i", List.of("/no/such/program"), "", Map.of()), "/no/such/program");
    assertRefused(new Image("i", List.of(plain.toString()), "", Map.of()), "executed");
    assertRefused(new Image("i", List.of(elsewhere.toString()), "", Map.of()), "no program");
    assertRefused(new Image("i", List.of(), "", Map.of()), "no command");
    assertRefused(new Image("i", List.of("true"), "/no/such/folder", Map.of()), "not a folder");
    assertRefused(new Image("i", List.of("true"), "relative", Map.of()), "not a folder");
    assertRefused(
        new Image("i", List.of("true"), "", Map.of("HUGE", "x".repeat(1 << 20))), "128 KiB");
    assertThat(bench.remains()).isEmpty();
  }

  private void assertRefused(Image image, String reason) {
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> backplane.start(bench.spec(ID, image, Map.of())))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(ExitCodes.START_FAILED))
        .satisfies(refused -> assertThat(refused.reason()).contains(reason));
  }

  @Test
  void missingInterpreterIsAFailedStartAndNotAnUnknownImage() throws IOException {
    Path script = Files.writeString(elsewhere.resolve("script"), "#!/no/such/interpreter\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    start(script.toString());
    assertThat(awaitExit().code()).isEqualTo(ExitCodes.START_FAILED);
    assertThat(awaitExit().reason()).startsWith("Cannot be run: ").contains(script.toString());
  }

  @Test
  void reasonsTellCompletedErrorAndSignal() {
    start("false");
    assertThat(awaitExit()).isEqualTo(new Observation.Exited(1, "Error", false));
    WorkloadId killed = new WorkloadId("w-2");
    backplane.start(bench.spec(killed, Program.killsItself(9), Map.of()));
    soon().until(() -> witness.endOf(killed).isPresent());
    assertThat(witness.endOf(killed))
        .contains(new Observation.Exited(137, "Killed by signal 9", false));
  }

  @Test
  void outputIsBoundedAndWhatIsLeftIsWhole() throws Exception {
    long lines = 400_000;
    start("seq", "1", String.valueOf(lines));
    awaitExit();
    AttemptFolder folder = bench.attempt(ID);
    long limit = ProcessWorkbench.SETTINGS.outputBytes();
    soon().until(() -> allocated(folder.output()) <= limit + 2 * OutputFile.STEP);
    assertThat(Files.size(folder.output())).isGreaterThan(4 * limit);
    String kept = output();
    assertThat(kept)
        .doesNotContain("\0")
        .endsWith("\n" + lines + "\n")
        .hasSizeGreaterThanOrEqualTo((int) limit);
    backplane.close();
    reopen();
    assertThat(output()).isEqualTo(kept);
  }

  /** What the file really takes on the disk. */
  private static long allocated(Path file) throws Exception {
    Process stat = new ProcessBuilder("stat", "-c", "%b %B", file.toString()).start();
    String[] blocks =
        new String(stat.getInputStream().readAllBytes(), UTF_8).strip().split(" ", -1);
    return Long.parseLong(blocks[0]) * Long.parseLong(blocks[1]);
  }

  @Test
  void followOfOutputThatIsBeingShortenedSeesNoHoles() throws IOException {
    start("/bin/sh", "-c", "seq 1 300000; seq 300001 600000");
    try (InputStream follow = backplane.logs(ID, new LogOptions(-1, true))) {
      String followed = new String(follow.readAllBytes(), UTF_8);
      assertThat(followed).doesNotContain("\0").endsWith("\n600000\n");
    }
  }

  @Test
  void followEndsWithAnErrorWhenTheBackplaneIsClosed() throws IOException {
    start("sleep", "600");
    try (InputStream follow = backplane.logs(ID, new LogOptions(-1, true))) {
      backplane.close();
      assertThatExceptionOfType(IOException.class).isThrownBy(follow::read);
    }
    reopen();
  }

  @Test
  void hundredCyclesLeaveNothing() throws IOException {
    for (int i = 0; i < 10; i++) {
      cycle("warm-" + i);
    }
    long before = descriptors();
    for (int i = 0; i < 100; i++) {
      cycle("cycle-" + i);
    }
    assertThat(bench.remains()).isEmpty();
    soon().until(() -> descriptors() <= before);
    backplane.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("process-exits");
    assertThat(zombies()).isZero();
    reopen();
  }

  private void cycle(String name) {
    WorkloadId id = new WorkloadId(name);
    backplane.start(bench.spec(id, Program.exits(0), Map.of()));
    soon().until(() -> witness.endOf(id).isPresent());
    backplane.remove(id);
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  private static long zombies() {
    return ProcessHandle.current()
        .children()
        .flatMap(child -> ProcessStat.of((int) child.pid()).stream())
        .filter(stat -> !stat.alive())
        .count();
  }

  @Test
  void closedBackplaneRefusesAndSaysSo() {
    backplane.close();
    assertThatExceptionOfType(Failure.Unavailable.class).isThrownBy(() -> start("true"));
    assertThat(backplane.health().healthy()).isFalse();
    reopen();
  }

  @Test
  void healthTellsOfAFolderThatCannotBeWritten() throws IOException {
    Files.delete(bench.folder());
    assertThat(backplane.health().healthy()).isFalse();
    assertThat(backplane.health().detail()).contains(bench.folder().toString());
    Files.createDirectory(bench.folder());
    assertThat(backplane.health().healthy()).isTrue();
  }

  @Test
  void settingsThatCannotBeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProcessSettings("", 1 << 20, PATIENT, PATIENT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProcessSettings("localhost", 1, PATIENT, PATIENT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProcessSettings("localhost", 1 << 20, Duration.ZERO, PATIENT));
    assertThat(ProcessSettings.defaults().outputBytes()).isEqualTo(16 << 20);
  }

  @Test
  void nameOfAProcessMayHoldAnything() {
    String line = "7 (a) R 1 (b) S 1 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 4711 0 0";
    assertThat(ProcessStat.parse(7, line)).isEqualTo(new ProcessStat(7, 'S', 7, 4711));
  }
}
