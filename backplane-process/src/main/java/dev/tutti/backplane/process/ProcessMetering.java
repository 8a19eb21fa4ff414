package dev.tutti.backplane.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.Metering;
import dev.tutti.core.backplane.NotRunning;
import dev.tutti.core.backplane.Usage;
import dev.tutti.core.backplane.WorkloadId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the processes of a workload use, as the kernel counts it. */
final class ProcessMetering implements Metering {

  /** The kernel tells programs so on every machine, however it counts itself. */
  private static final long TICKS_PER_SECOND = 100;

  /** Fields after the name: times of its own, and of children that ended. */
  private static final int FIRST_TIME = 11;

  private static final int TIMES = 4;
  private static final String MEMORY = "Pss:";

  private final Function<WorkloadId, Optional<Attempt>> attempts;
  private final Sessions sessions;

  ProcessMetering(Function<WorkloadId, Optional<Attempt>> attempts, Sessions sessions) {
    this.attempts = attempts;
    this.sessions = sessions;
  }

  @Override
  public Usage usage(WorkloadId id) {
    Attempt attempt =
        attempts.apply(id).orElseThrow(() -> new Failure.NotFound("workload", id.value()));
    List<ProcessStat> members =
        attempt.wrapper().filter(_ -> !attempt.ended()).map(sessions::of).orElse(List.of());
    if (members.isEmpty()) {
      throw NotRunning.failure(id);
    }
    long ticks = members.stream().mapToLong(member -> ticks(member.pid())).sum();
    return new Usage(
        Instant.now(),
        Duration.ofSeconds(1).multipliedBy(ticks).dividedBy(TICKS_PER_SECOND),
        members.stream().mapToLong(member -> memory(member.pid())).sum(),
        0,
        members.size(),
        null);
  }

  private static long ticks(int pid) {
    return TextFile.read(Path.of("/proc/" + pid + "/stat"), ISO_8859_1)
        .map(line -> line.substring(line.lastIndexOf(')') + 2).split(" ", -1))
        .map(fields -> {
          long sum = 0;
          for (int i = FIRST_TIME; i < FIRST_TIME + TIMES; i++) {
            sum += Long.parseLong(fields[i]);
          }
          return sum;
        })
        .orElse(0L);
  }

  /** Its share of what it shares with others, so that nothing counts twice. */
  private static long memory(int pid) {
    return TextFile.read(Path.of("/proc/" + pid + "/smaps_rollup"), ISO_8859_1).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith(MEMORY))
        .mapToLong(line ->
            Long.parseLong(line.substring(MEMORY.length()).replace("kB", "").strip()) * 1024)
        .findFirst()
        .orElse(0);
  }
}
