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
import java.util.Set;

/**
 * The folder that holds everything durable of one instance; only its owner may look inside.
 *
 * @param key the file with the key that secrets are sealed with; it may be elsewhere
 */
public record DataFolder(Path path, Path key) {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  /** Creates the folder if need be, and takes everybody else's access to it. */
  public static DataFolder open(Path path) {
    try {
      Files.createDirectories(path);
      Files.setPosixFilePermissions(path, OWNER_ONLY);
      Path real = path.toRealPath();
      return new DataFolder(real, real.resolve("key"));
    } catch (IOException unusable) {
      throw new Failure.Unavailable(
          "The data folder %s cannot be used: %s. Make it a folder of the user that runs Tutti, or use another one with --data."
              .formatted(path, reason(unusable)),
          unusable);
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
