package dev.tutti.app;

import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.doctor.Check;
import dev.tutti.core.doctor.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Who may look into the data folder, and what lies there that nobody needs. */
final class DataFolderCheck implements Check {

  private static final Duration LEFT = Duration.ofMinutes(1);

  private final Path folder;
  private final InstantSource clock;

  DataFolderCheck(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "data-folder";
  }

  @Override
  public List<Finding> look(boolean deep) {
    List<Finding> findings = new ArrayList<>();
    try {
      onlyOwner(folder, "rwx------", "chmod 700", findings);
      Path token = folder.resolve(Token.FILE);
      onlyOwner(token, "rw-------", "chmod 600", findings);
      List<Path> stray = new ArrayList<>();
      stray.addAll(strayIn(folder.resolve("blobs"), name -> name.endsWith(".part")));
      stray.addAll(strayIn(folder.resolve("workloads"), name -> !isWorkload(name)));
      if (!stray.isEmpty()) {
        findings.add(
            Finding.warning(
                this,
                "%d files or folders lie there that nothing uses, such as %s."
                    .formatted(stray.size(), stray.getFirst()),
                "Delete them if you do not know them either."));
      }
    } catch (IOException unreadable) {
      findings.add(
          Finding.error(
              this,
              "%s cannot be read: %s.".formatted(folder, unreadable),
              "It belongs to who runs the server, with mode 700."));
    }
    return findings.isEmpty()
        ? List.of(Finding.ok(this, "Only its owner can read %s.".formatted(folder)))
        : findings;
  }

  private void onlyOwner(Path path, String wanted, String command, List<Finding> findings)
      throws IOException {
    String is = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    if (!is.equals(wanted)) {
      findings.add(
          Finding.error(
              this,
              "%s has the rights %s: others of this machine may get in.".formatted(path, is),
              "`%s %s`".formatted(command, path)));
    }
  }

  /** What is young may be in use just now. */
  private List<Path> strayIn(Path inside, Predicate<String> foreign) throws IOException {
    if (!Files.isDirectory(inside)) {
      return List.of();
    }
    Instant young = clock.instant().minus(LEFT);
    List<Path> stray = new ArrayList<>();
    try (Stream<Path> files = Files.list(inside)) {
      for (Path file : files.filter(f -> foreign.test(f.getFileName().toString())).toList()) {
        if (Files.exists(file) && Files.getLastModifiedTime(file).toInstant().isBefore(young)) {
          stray.add(file);
        }
      }
    }
    return stray;
  }

  private static boolean isWorkload(String name) {
    try {
      return new WorkloadId(name).value().equals(name);
    } catch (IllegalArgumentException foreign) {
      return false;
    }
  }
}
