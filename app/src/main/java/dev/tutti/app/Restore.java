package dev.tutti.app;

import dev.tutti.api.BackupArchive;
import dev.tutti.api.BackupManifest;
import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.store.OfflineFolder;
import dev.tutti.store.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Puts a backup in the place of a data folder that no server uses. */
final class Restore {

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  /**
   * What was done.
   *
   * @param aside where what was there before is now; empty when nothing was
   */
  record Outcome(BackupManifest manifest, Path folder, Optional<Path> aside) {}

  private final Path file;
  private final Path data;
  private final boolean force;

  /**
   * @param force whether what is there may be moved aside
   */
  Restore(Path file, Path data, boolean force) {
    this.file = file;
    this.data = data;
    this.force = force;
  }

  /** Checks everything before it touches anything. */
  Outcome run(Instant now) {
    try {
      if (!Files.isRegularFile(file)) {
        throw refused("no-backup", "There is no file %s.".formatted(file), "Name a backup.");
      }
      requireReadable(new BackupArchive(file).verify());
      try (OfflineFolder folder = OfflineFolder.take(data)) {
        requireEmpty(folder);
        return replace(folder, now);
      }
    } catch (BackupArchive.Damaged damaged) {
      throw refused(
          "backup-damaged",
          String.valueOf(damaged.getMessage()),
          "Nothing was changed; use another.");
    } catch (IOException failure) {
      throw new Failure.Unavailable(
          "%s could not be restored to %s: %s.".formatted(file, data, failure.getMessage()),
          failure);
    }
  }

  private void requireReadable(BackupManifest manifest) {
    if (manifest.schema() > SqliteStore.schema()) {
      throw refused(
          "backup-newer",
          "%s was made by Tutti %s, which is newer than this one (schema %d; this one knows up to %d)."
              .formatted(file, manifest.version(), manifest.schema(), SqliteStore.schema()),
          "Restore it with that version.");
    }
  }

  private void requireEmpty(OfflineFolder folder) throws IOException {
    if (!force && !folder.contents().isEmpty()) {
      throw refused(
          "folder-not-empty",
          "The data folder %s is not empty.".formatted(folder.path()),
          "Name another one with --data, or let what is there be moved aside with --force.");
    }
  }

  private Outcome replace(OfflineFolder folder, Instant now) throws IOException {
    Path staged = folder.stage();
    try {
      BackupManifest manifest = new BackupArchive(file).extract(staged);
      folder.requireReadable(staged.resolve("tutti.db"));
      Path aside = folder.replace(staged, NAME.format(now));
      return new Outcome(manifest, folder.path(), Optional.of(aside).filter(Files::isDirectory));
    } finally {
      Folders.delete(staged);
    }
  }

  private static Failure refused(String code, String detail, String suggestion) {
    return new Failure.Rejected(Problem.of(code, 409, detail).suggesting(suggestion));
  }
}
