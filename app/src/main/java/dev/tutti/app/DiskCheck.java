package dev.tutti.app;

import dev.tutti.core.doctor.Check;
import dev.tutti.core.doctor.Finding;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How much room there is where the data folder is. */
final class DiskCheck implements Check {

  private static final long MEGABYTE = 1L << 20;
  private static final long LITTLE = 1024 * MEGABYTE;
  private static final long TOO_LITTLE = 100 * MEGABYTE;
  private static final long FEW_FILES = 10_000;
  private static final String ADVICE =
      "Free some, or move the data folder: a full disk stops acknowledgements and new commands; workloads go on.";

  private final Path folder;

  DiskCheck(Path folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public List<Finding> look(boolean deep) throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    findings.add(space());
    Tool.ask("stat", "-f", "-c", "%d %c", folder.toString())
        .map(said -> said.split(" ", -1))
        .filter(parts -> parts.length == 2 && !parts[1].equals("0"))
        .ifPresent(parts -> findings.add(files(Long.parseLong(parts[0]))));
    return findings;
  }

  private Finding space() {
    try {
      FileStore disk = Files.getFileStore(folder);
      long free = disk.getUsableSpace();
      String sentence = "%d MB are free at %s.".formatted(free / MEGABYTE, folder);
      return free < TOO_LITTLE
          ? Finding.error(this, sentence, ADVICE)
          : free < LITTLE ? Finding.warning(this, sentence, ADVICE) : Finding.ok(this, sentence);
    } catch (IOException unreadable) {
      return Finding.error(
          this, "The disk of %s cannot be asked: %s.".formatted(folder, unreadable), ADVICE);
    }
  }

  private Finding files(long free) {
    String sentence = "%d more files can be made at %s.".formatted(free, folder);
    return free < FEW_FILES
        ? Finding.warning(this, sentence, "Delete files: each workload needs about seven.")
        : Finding.ok(this, sentence);
  }
}
