package dev.tutti.backplane.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One process for ever. A process id alone is not enough: it is given again, after a while or after
 * the machine restarted.
 */
record ProcessIdentity(int pid, long startTicks, String boot) {

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  static String currentBoot() {
    try {
      return Files.readString(BOOT).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Optional<ProcessIdentity> parse(String line) {
    String[] parts = line.split(" ", -1);
    try {
      return parts.length == 3
          ? Optional.of(
              new ProcessIdentity(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), parts[2]))
          : Optional.empty();
    } catch (NumberFormatException notOne) {
      return Optional.empty();
    }
  }

  /** Whether whatever has that process id now is somebody else. */
  boolean taken(String currentBoot) {
    return !boot.equals(currentBoot)
        || ProcessStat.of(pid).filter(stat -> stat.startTicks() != startTicks).isPresent();
  }

  /**
   * A descriptor of exactly this process, which may have ended but not been reaped. The descriptor
   * is opened before the look at the ticks: if they fit then, it cannot stand for an earlier
   * process.
   */
  Optional<Integer> open(String currentBoot) {
    if (pid <= 0 || !boot.equals(currentBoot)) {
      return Optional.empty();
    }
    int descriptor = Linux.openProcess(pid);
    if (descriptor < 0) {
      return Optional.empty();
    }
    if (ProcessStat.of(pid).filter(stat -> stat.startTicks() == startTicks).isPresent()) {
      return Optional.of(descriptor);
    }
    Linux.close(descriptor);
    return Optional.empty();
  }

  /** Takes it off the process table, if it is an ended child of ours. */
  void reap(String currentBoot) {
    open(currentBoot)
        .ifPresent(descriptor -> {
          Linux.reap(descriptor);
          Linux.close(descriptor);
        });
  }
}
