package dev.tutti.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Command;
import dev.tutti.core.backplane.Executed;
import dev.tutti.core.backplane.Execution;
import dev.tutti.core.backplane.WorkloadId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Commands beside the programs of workloads. */
interface CommandsTheme extends Theme {

  @Test
  default void commandRunsWithTheEnvironmentOfItsWorkload() {
    trial().needs(Capability.COMMANDS);
    WorkloadId id = trial().start("host", Program.runs(), Map.of("GREETING", "hallo wörld $HOME"));
    trial().awaitRunning(id);
    Executed done = run(id, "printf %s \"$GREETING\"; echo oops >&2; exit 3");
    assertThat(done.end()).isEqualTo(new Executed.Exited(3));
    assertThat(done.output()).isEqualTo(new Executed.Said("hallo wörld $HOME", false));
    assertThat(done.errors()).isEqualTo(new Executed.Said("oops\n", false));

    Executed wordy =
        execution()
            .run(
                id,
                new Command(
                    List.of("/bin/sh", "-c", "head -c 300000 /dev/zero | tr '\\000' x"),
                    Trial.PATIENT,
                    1000));
    assertThat(wordy.end()).isEqualTo(new Executed.Exited(0));
    assertThat(wordy.output()).isEqualTo(new Executed.Said("x".repeat(1000), true));

    assertThat(execution().run(id, Command.of(Trial.PATIENT, "no-such-program")).end())
        .isIn(new Executed.Exited(126), new Executed.Exited(127));
  }

  @Test
  default void commandThatTakesTooLongIsEnded() {
    trial().needs(Capability.COMMANDS);
    WorkloadId id = trial().start("host", Program.runs());
    trial().awaitRunning(id);
    // A number that nobody else on the machine sleeps for.
    String asleep = "86399." + (System.nanoTime() & 0xffff);
    Executed late =
        execution()
            .run(
                id,
                Command.of(
                    Duration.ofSeconds(2),
                    "/bin/sh",
                    "-c",
                    "echo began; sleep %s; echo more".formatted(asleep)));
    assertThat(late.end()).isEqualTo(new Executed.TimedOut(false));
    assertThat(late.output().text()).isEqualTo("began\n");
    assertThat(run(id, "cat /proc/[0-9]*/cmdline 2>/dev/null").output().text())
        .doesNotContain("sleep\0" + asleep);
    assertThat(trial().isEnded(id)).isFalse();
  }

  @Test
  default void commandNeedsAWorkloadThatRuns() {
    trial().needs(Capability.COMMANDS);
    assertThatExceptionOfType(Failure.NotFound.class)
        .isThrownBy(() -> run(new WorkloadId("unknown"), "true"));
    WorkloadId ended = trial().start("ended", Program.exits(0));
    trial().awaitExit(ended);
    assertThatExceptionOfType(Failure.Rejected.class)
        .isThrownBy(() -> run(ended, "true"))
        .satisfies(why -> assertThat(why.problem().code()).isEqualTo("workload-not-running"));
  }

  private Execution execution() {
    return trial().backplane().execution().orElseThrow();
  }

  private Executed run(WorkloadId id, String script) {
    return execution().run(id, Command.of(Trial.PATIENT, "/bin/sh", "-c", script));
  }
}
