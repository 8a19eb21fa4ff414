package dev.tutti.backplane.process;

import dev.tutti.core.Failure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The processes of this machine by session: what a wrapper started, and all that came of it, stays
 * in the wrapper's session unless it takes care to leave.
 *
 * <p>Reading them all is linear in the number of processes. Those who ask at the same time share
 * one reading, so that stopping many at once is not quadratic.
 */
final class Sessions {

  private static final Path PROCESSES = Path.of("/proc");

  private final String boot;
  private final AtomicLong asked = new AtomicLong();
  private final Object lock = new Object();
  private long answered;
  private Map<Integer, List<ProcessStat>> latest = Map.of();

  Sessions(String boot) {
    this.boot = boot;
  }

  /** The living processes that the wrapper started, without itself. */
  List<ProcessStat> startedBy(ProcessIdentity wrapper) {
    return of(wrapper).stream().filter(member -> member.pid() != wrapper.pid()).toList();
  }

  /** The living processes of the wrapper's session. */
  List<ProcessStat> of(ProcessIdentity wrapper) {
    return of(List.of(wrapper));
  }

  /** The living processes of the wrappers' sessions, in one look. */
  List<ProcessStat> of(Collection<ProcessIdentity> wrappers) {
    Map<Integer, List<ProcessStat>> all = now();
    return wrappers.stream().flatMap(wrapper -> ours(all, wrapper).stream()).toList();
  }

  private List<ProcessStat> ours(Map<Integer, List<ProcessStat>> all, ProcessIdentity wrapper) {
    List<ProcessStat> members = all.getOrDefault(wrapper.pid(), List.of());
    // A number is not given again while a session has members. If somebody else has it, the
    // session was empty before, and these are not ours.
    return members.isEmpty() || wrapper.taken(boot) ? List.of() : members;
  }

  /** Signals one process, if it still is the one that was seen. */
  static void signal(ProcessStat seen, int signal) {
    int descriptor = Linux.openProcess(seen.pid());
    if (descriptor < 0) {
      return;
    }
    try {
      if (ProcessStat.of(seen.pid())
          .filter(now -> now.startTicks() == seen.startTicks())
          .filter(now -> now.session() == seen.session())
          .isPresent()) {
        Linux.signal(descriptor, signal);
      }
    } finally {
      Linux.close(descriptor);
    }
  }

  /** As of a moment after the call began. */
  private Map<Integer, List<ProcessStat>> now() {
    long ticket = asked.incrementAndGet();
    synchronized (lock) {
      if (answered < ticket) {
        long serves = asked.get();
        latest = read();
        answered = serves;
      }
      return latest;
    }
  }

  private static Map<Integer, List<ProcessStat>> read() {
    Map<Integer, List<ProcessStat>> sessions = new HashMap<>();
    try (DirectoryStream<Path> numbers = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path number : numbers) {
        ProcessStat.of(Integer.parseInt(number.getFileName().toString()))
            .filter(ProcessStat::alive)
            .ifPresent(stat ->
                sessions.computeIfAbsent(stat.session(), session -> new ArrayList<>()).add(stat));
      }
    } catch (IOException e) {
      throw new Failure.Unavailable("The processes cannot be listed now: " + e.getMessage(), e);
    }
    return sessions;
  }
}
