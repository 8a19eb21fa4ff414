package dev.tutti.app;

import dev.tutti.core.doctor.Check;
import dev.tutti.core.doctor.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much memory the machine has left. */
final class MemoryCheck implements Check {

  private static final long LITTLE_MEGABYTES = 256;
  private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");

  private final Path meminfo;

  MemoryCheck(Path meminfo) {
    this.meminfo = meminfo;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<Finding> look(boolean deep) {
    Optional<Long> available = megabytes();
    if (available.isEmpty()) {
      return List.of(Finding.ok(this, "Memory that is left is not known here."));
    }
    String sentence = "%d MB of memory are available.".formatted(available.get());
    return List.of(
        available.get() < LITTLE_MEGABYTES
            ? Finding.warning(
                this,
                sentence,
                "Stop something, or lower TUTTI_LIMITS_WORKLOADS: the kernel kills what it likes when there is none.")
            : Finding.ok(this, sentence));
  }

  private Optional<Long> megabytes() {
    try {
      Matcher found = AVAILABLE.matcher(Files.readString(meminfo));
      return found.find() ? Optional.of(Long.parseLong(found.group(1)) / 1024) : Optional.empty();
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }
}
