package dev.tutti.store;

import dev.tutti.core.Failure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * The folder that holds everything durable of one instance; only its owner may look inside.
 *
 * @param key the file with the key that secrets are sealed with; it may be elsewhere
 */
public record DataFolder(Path path, Path key) {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  /** Written once; that nobody can change them is nothing to complain about. */
  private static final Set<String> READ_ONLY = Set.of("token", "key");

  /** Creates the folder if need be, and takes everybody else's access to it. */
  public static DataFolder open(Path path) {
    try {
      Files.createDirectories(path);
      Files.setPosixFilePermissions(path, OWNER_ONLY);
      Path real = path.toRealPath();
      requireUsable(real);
      return new DataFolder(real, real.resolve("key"));
    } catch (IOException unusable) {
      throw new Failure.Unavailable(
          "The data folder %s cannot be used: %s. Make it a folder of the user that runs Tutti, or use another one with --data."
              .formatted(path, reason(unusable)),
          unusable);
    }
  }

  /** What another user left behind, as after a start as root, is told at once and by its name. */
  private static void requireUsable(Path folder) throws IOException {
    for (String name : List.of("token", "key", "lock", "tutti.db", "blobs", "workloads")) {
      Path file = folder.resolve(name);
      boolean ours = Files.isReadable(file) && (READ_ONLY.contains(name) || Files.isWritable(file));
      if (Files.exists(file) && !ours) {
        String user = System.getProperty("user.name");
        throw new Failure.Unavailable(
            "%s belongs to %s, and %s, who runs Tutti, may not use it. Run Tutti as the user whom the data folder belongs to, or give it away: `chown -R %s %s`."
                .formatted(file, Files.getOwner(file), user, user, folder));
      }
    }
  }

  /** The same folder, with its key in another file. */
  public DataFolder withKey(Path file) {
    return new DataFolder(path, file);
  }

  /** Some exceptions of the JDK say no more than a path. */
  private static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException exists -> exists.getFile() + " is no folder";
      case FileSystemException other when other.getReason() != null ->
          String.valueOf(other.getReason());
      default -> String.valueOf(failure.getMessage());
    };
  }

  Path database() {
    return path.resolve("tutti.db");
  }

  /** Exists while no store is open, if the last one was closed in order. */
  Path cleanMark() {
    return path.resolve("clean");
  }

  /** Room that is held back for a disk that is full. */
  Path reserve() {
    return path.resolve("reserve");
  }

  /** Exists while a backup is being put in place. */
  Path restoring() {
    return path.resolve("restoring");
  }

  Path blobs() {
    return path.resolve("blobs");
  }
}
