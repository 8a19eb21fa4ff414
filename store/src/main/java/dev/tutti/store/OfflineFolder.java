package dev.tutti.store;

import dev.tutti.core.Failure;
import dev.tutti.core.store.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A data folder that no server uses, and none can while this is open. What runs in its folder of
 * workloads goes on and is left alone.
 */
public final class OfflineFolder implements AutoCloseable {

  private static final String STAGING = ".restore-";
  private static final String ASIDE = "before-restore-";
  private static final Set<String> STAYS = Set.of("lock", "workloads", "restoring");

  private final DataFolder folder;
  private final FolderLock lock;

  private OfflineFolder(DataFolder folder, FolderLock lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Takes the folder, and makes it if need be.
   *
   * @throws Failure.Rejected when a server uses it
   */
  public static OfflineFolder take(Path path) {
    DataFolder folder = DataFolder.open(path);
    return new OfflineFolder(folder, FolderLock.take(folder.path()));
  }

  public Path path() {
    return folder.path();
  }

  /** What would be in the way of a backup that is put in place. */
  public List<Path> contents() throws IOException {
    try (Stream<Path> files = Files.list(folder.path())) {
      return files.filter(OfflineFolder::isInTheWay).sorted().toList();
    }
  }

  private static boolean isInTheWay(Path file) {
    String name = file.getFileName().toString();
    return !STAYS.contains(name) && !name.startsWith(STAGING) && !name.startsWith(ASIDE);
  }

  /** A folder on the same file system, to prepare in what is to be put in place. */
  public Path stage() throws IOException {
    return Files.createTempDirectory(folder.path(), STAGING);
  }

  /**
   * Checks that this program can read a database.
   *
   * @throws Failure.Rejected when it is newer, or none
   */
  public void requireReadable(Path database) {
    boolean _ = DatabaseHeader.check(database, Migrations.ours().newest());
  }

  /**
   * Puts what was staged in the place of what is there. If this is interrupted, no server starts on
   * the folder until it is done again.
   *
   * @param name what to call the folder that takes what is there
   * @return that folder; it is made only if there is something to put in it
   */
  public Path replace(Path staged, String name) throws IOException {
    Path aside = folder.path().resolve(ASIDE + name);
    Files.writeString(folder.restoring(), "");
    PrivateFile.flushNames(folder.path());
    List<Path> old = contents();
    if (!old.isEmpty()) {
      Files.createDirectory(aside);
    }
    for (Path file : old) {
      Files.move(file, aside.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }
    for (Path file : list(staged)) {
      Files.move(file, folder.path().resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }
    PrivateFile.flushNames(folder.path());
    Files.delete(folder.restoring());
    PrivateFile.flushNames(folder.path());
    return aside;
  }

  private static List<Path> list(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.toList();
    }
  }

  @Override
  public void close() {
    lock.close();
  }
}
