package dev.tutti.app;

import dev.tutti.core.doctor.Check;
import dev.tutti.core.doctor.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether this process may open as many files, and start as many processes, as it has to. */
final class ProcessLimitsCheck implements Check {

  private static final int FILES_OF_THE_SERVER = 500;

  /** Its supervising shell, and itself. */
  private static final int PROCESSES_PER_WORKLOAD = 2;

  private static final int PROCESSES_OF_THE_SERVER = 300;

  private final Path proc;
  private final int workloads;

  /**
   * @param proc folder of this process below /proc
   * @param workloads how many may be alive at the same time
   */
  ProcessLimitsCheck(Path proc, int workloads) {
    this.proc = proc;
    this.workloads = workloads;
  }

  @Override
  public String name() {
    return "limits";
  }

  @Override
  public List<Finding> look(boolean deep) throws InterruptedException {
    String limits;
    try {
      limits = Files.readString(proc.resolve("limits"));
    } catch (IOException notLinux) {
      return List.of(Finding.ok(this, "Limits of this process are not known here."));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(
        finding(
            "open files",
            open(),
            limit(limits, "Max open files"),
            workloads + FILES_OF_THE_SERVER,
            "LimitNOFILE= of the systemd unit, or `ulimit -n`"));
    findings.add(
        finding(
            "processes of this user",
            OptionalLong.empty(),
            limit(limits, "Max processes"),
            (long) PROCESSES_PER_WORKLOAD * workloads + PROCESSES_OF_THE_SERVER,
            "LimitNPROC= and TasksMax= of the systemd unit, or `ulimit -u`"));
    return findings;
  }

  private Finding finding(
      String what, OptionalLong used, OptionalLong limit, long needed, String where) {
    if (limit.isEmpty()) {
      return Finding.ok(this, "The number of %s is not limited.".formatted(what));
    }
    long most = limit.getAsLong();
    String now = used.isPresent() ? ", %d are used".formatted(used.getAsLong()) : "";
    String sentence =
        "At most %d %s%s; %d workloads may need %d.".formatted(most, what, now, workloads, needed);
    boolean nearlyUsed = used.isPresent() && used.getAsLong() > most * 9 / 10;
    return most < needed || nearlyUsed
        ? Finding.warning(
            this, sentence, "Raise it (%s), or lower TUTTI_LIMITS_WORKLOADS.".formatted(where))
        : Finding.ok(this, sentence);
  }

  private static OptionalLong limit(String limits, String name) {
    Matcher soft = Pattern.compile(Pattern.quote(name) + "\\s+(\\d+)").matcher(limits);
    return soft.find() ? OptionalLong.of(Long.parseLong(soft.group(1))) : OptionalLong.empty();
  }

  private OptionalLong open() {
    try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
      return OptionalLong.of(files.count());
    } catch (IOException unreadable) {
      return OptionalLong.empty();
    }
  }
}
