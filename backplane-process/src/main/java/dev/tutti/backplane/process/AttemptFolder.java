package dev.tutti.backplane.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tutti.core.backplane.WorkloadSpec;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one attempt: home of the workload, and in {@code .tutti} what is known about it.
 *
 * <p>The file {@code pid} decides who owns the attempt: whoever creates it first. The wrapper does
 * so before it runs anything; a backplane that gives a wrapper up does so to keep it from running
 * later. Records are written at once and end in a line break: one without is not there yet.
 */
record AttemptFolder(Path home) {

  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final String NOBODY = "none\n";

  /** As long as the record, which is written over it: a full disk costs no exit code. */
  private static final String ROOM_FOR_EXIT = "....";

  private static final int DELETIONS = 20;

  Path records() {
    return home.resolve(".tutti");
  }

  Path output() {
    return records().resolve("output");
  }

  /** Where the kept output begins. */
  Path outputStart() {
    return records().resolve("output.start");
  }

  boolean exists() {
    return Files.exists(home);
  }

  /**
   * Makes the home.
   *
   * @throws FileAlreadyExistsException when there is one already
   */
  void create() throws IOException {
    Files.createDirectory(home, PRIVATE);
  }

  /** Makes what the wrapper needs, or what an earlier process left out. */
  void prepare(WorkloadSpec spec) throws IOException {
    if (!Files.exists(records())) {
      Files.createDirectory(records(), PRIVATE);
    }
    Files.writeString(records().resolve("about"), about(spec), UTF_8);
    if (!Files.exists(output())) {
      Files.createFile(output());
    }
    Path exit = records().resolve("exit");
    if (!Files.exists(exit)) {
      Files.writeString(exit, ROOM_FOR_EXIT, UTF_8);
    }
  }

  /** For people who look here, and for {@link About} when no record knows the workload. */
  private static String about(WorkloadSpec spec) {
    return new About(spec.image(), spec.labels()).text();
  }

  /** What was noted about the workload; nothing when it was never begun. */
  About about() {
    try {
      return About.parse(Files.readString(records().resolve("about"), UTF_8));
    } catch (IOException missing) {
      return new About("", Map.of());
    }
  }

  /** When its records were begun. */
  Instant begun() {
    try {
      Path about = records().resolve("about");
      return Files.getLastModifiedTime(Files.exists(about) ? about : home).toInstant();
    } catch (IOException gone) {
      return Instant.EPOCH;
    }
  }

  /** The line with which somebody took the attempt; empty when nobody did. */
  Optional<String> owner() {
    return record("pid");
  }

  /**
   * Takes the attempt, so that no wrapper can run it any more.
   *
   * @return false when a wrapper was faster
   */
  boolean giveUp() throws IOException {
    if (!exists()) {
      // Removed meanwhile: a wrapper finds no place to record itself, and runs nothing.
      return true;
    }
    try {
      if (!Files.exists(records())) {
        Files.createDirectory(records(), PRIVATE);
      }
      Files.writeString(records().resolve("pid"), NOBODY, StandardOpenOption.CREATE_NEW);
      return true;
    } catch (FileAlreadyExistsException taken) {
      // A file without a record is of a wrapper that was killed while it wrote: it runs nothing.
      return owner().isEmpty();
    }
  }

  /** What the wrapper saw the command end with. */
  Optional<ExitRecord> exit() {
    return record("exit").flatMap(ExitRecord::parse);
  }

  private Optional<String> record(String name) {
    return TextFile.read(records().resolve(name), UTF_8)
        .filter(text -> text.endsWith("\n"))
        .map(text -> text.substring(0, text.length() - 1));
  }

  /** Something may still be writing here while it is being killed. */
  void delete() throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        deleteOnce();
        return;
      } catch (DirectoryNotEmptyException e) {
        if (attempt == DELETIONS) {
          throw e;
        }
      }
    }
  }

  private void deleteOnce() throws IOException {
    if (!exists()) {
      return;
    }
    Files.walkFileTree(
        home,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
