package dev.tutti.app;

import dev.tutti.api.BackupArchive;
import dev.tutti.api.BackupManifest;
import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Method;
import dev.tutti.core.surface.Role;
import dev.tutti.store.FileBlobs;
import dev.tutti.store.SqliteStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * Makes backups while everything goes on: the database as it is at one moment, the requests that it
 * names, and the secrets of the data folder. Outputs of workloads are no part of it.
 */
final class Backup {

  private static final String STAGING = ".backup-";
  private static final String RESULTS = "results";

  private final SqliteStore store;
  private final FileBlobs requests;
  private final FileBlobs simulations;
  private final Path folder;
  private final String version;
  private final InstantSource clock;
  private final Semaphore one = new Semaphore(1);

  /** Clears away what a crash left of an earlier one. */
  Backup(
      SqliteStore store,
      FileBlobs requests,
      FileBlobs simulations,
      Path folder,
      String version,
      InstantSource clock) {
    this.store = store;
    this.requests = requests;
    this.simulations = simulations;
    this.folder = folder;
    this.version = version;
    this.clock = clock;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith(STAGING)) {
          Folders.delete(file);
        }
      }
    } catch (IOException unreadable) {
      throw notNow(unreadable);
    }
  }

  Endpoint endpoint() {
    return new Endpoint(
            Method.GET,
            "/backup",
            "Gives a backup: records, requests that wait, results, and the secrets of the data folder.",
            Role.ADMIN,
            Void.class,
            Void.class,
            _ -> new Answer.Bytes("application/zip", make()))
        .giving("application/zip")
        .refusing(409, "backup-under-way")
        .refusing(507, "no-room-for-backup");
  }

  /**
   * The archive, whole on the disk before its first byte is sent; closing the stream deletes it.
   */
  private InputStream make() {
    if (!one.tryAcquire()) {
      throw new Failure.Rejected(
          Problem.of("backup-under-way", 409, "Another backup is being made.")
              .suggesting("Wait until it is done, then try again."));
    }
    boolean given = false;
    try {
      requireRoom();
      Path staging = Files.createTempDirectory(folder, STAGING);
      InputStream archive = new Closing(archive(staging), staging);
      given = true;
      return archive;
    } catch (IOException failure) {
      throw notNow(failure);
    } finally {
      if (!given) {
        one.release();
      }
    }
  }

  private InputStream archive(Path staging) throws IOException {
    boolean whole = false;
    try {
      Path content = Files.createDirectory(staging.resolve("content"));
      Instant now = clock.instant();
      Map<String, Long> documents = copy(content);
      BackupManifest manifest =
          new BackupManifest(version, SqliteStore.schema(), now, documents, entries(content));
      Path archive = staging.resolve("archive");
      new BackupArchive(archive).write(manifest, content);
      Folders.delete(content);
      InputStream stream = Files.newInputStream(archive);
      whole = true;
      return stream;
    } finally {
      if (!whole) {
        Folders.delete(staging);
      }
    }
  }

  private Map<String, Long> copy(Path content) throws IOException {
    List<Map<String, Long>> documents = new ArrayList<>(1);
    Path blobs = content.resolve("blobs");
    requests.copyAfter(
        () ->
            simulations.copyAfter(
                () -> documents.add(store.copyTo(content.resolve("tutti.db"))),
                blobs.resolve("simulations")),
        blobs);
    copyResults(content.resolve(RESULTS));
    for (String secret : BackupArchive.secrets()) {
      if (Files.exists(folder.resolve(secret))) {
        Files.copy(folder.resolve(secret), content.resolve(secret));
      }
    }
    return documents.getFirst();
  }

  /** As far as they are written: files of results only grow. */
  private void copyResults(Path target) throws IOException {
    Path results = folder.resolve(RESULTS);
    if (!Files.isDirectory(results)) {
      return;
    }
    try (Stream<Path> files = Files.walk(results)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = target.resolve(results.relativize(file));
        Files.createDirectories(copy.resolveSibling("."));
        Files.copy(file, copy);
      }
    }
  }

  private static List<BackupManifest.Entry> entries(Path content) throws IOException {
    List<BackupManifest.Entry> entries = new ArrayList<>();
    try (Stream<Path> files = Files.walk(content)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        entries.add(BackupArchive.describe(content.relativize(file).toString(), file));
      }
    }
    return entries;
  }

  /** A copy of the database and, until that is deleted, an archive of it. */
  private void requireRoom() throws IOException {
    long needed = 0;
    for (String file : List.of("tutti.db", "tutti.db-wal")) {
      Path path = folder.resolve(file);
      needed += Files.exists(path) ? 2 * Files.size(path) : 0;
    }
    needed += 2 * sizeOfResults();
    long free = folder.toFile().getUsableSpace();
    if (free < needed) {
      throw new Failure.Rejected(
          Problem.of(
                  "no-room-for-backup",
                  507,
                  "A backup takes up to %d MiB in %s while it is made, and %d MiB are free."
                      .formatted((needed >> 20) + 1, folder, free >> 20))
              .suggesting("Free some space there."));
    }
  }

  private long sizeOfResults() throws IOException {
    Path results = folder.resolve(RESULTS);
    if (!Files.isDirectory(results)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(results)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static Failure.Unavailable notNow(IOException failure) {
    return new Failure.Unavailable("No backup can be made: " + failure.getMessage(), failure);
  }

  /** Deletes what was staged when it has been sent, or could not be. */
  private final class Closing extends FilterInputStream {

    private final Path staging;
    private boolean closed;

    Closing(InputStream archive, Path staging) {
      super(archive);
      this.staging = staging;
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        try {
          super.close();
          Folders.delete(staging);
        } finally {
          one.release();
        }
      }
    }
  }
}
