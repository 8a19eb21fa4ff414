package dev.tutti.store;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a database file says about itself in its first 100 bytes, read without SQLite, so that a
 * file that is not ours is not touched. Offsets are those of SQLite's file format, section 1.3.
 */
final class DatabaseHeader {

  /** "TUTT". */
  static final int APPLICATION_ID = 0x54555454;

  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int SIZE = 100;
  private static final int USER_VERSION = 60;
  private static final int APPLICATION = 68;

  private DatabaseHeader() {}

  /**
   * Checks that a file is ours and that this program can read it; one that is missing or empty is.
   *
   * @return whether there is a database
   */
  static boolean check(Path file, int newestSchema) {
    ByteBuffer header = read(file);
    if (header.limit() == 0) {
      return false;
    }
    boolean database = header.limit() == SIZE;
    for (int i = 0; database && i < MAGIC.length; i++) {
      database = header.get(i) == MAGIC[i];
    }
    if (!database || header.getInt(APPLICATION) != APPLICATION_ID) {
      throw refused("foreign-file", "%s is no database of Tutti.".formatted(file), file);
    }
    int schema = header.getInt(USER_VERSION);
    if (schema > newestSchema) {
      throw newer(file, schema, newestSchema);
    }
    return true;
  }

  /** The schema of a database of ours; empty for any other file. */
  static Optional<Integer> schema(Path file) {
    ByteBuffer header = read(file);
    boolean ours = header.limit() == SIZE && header.getInt(APPLICATION) == APPLICATION_ID;
    return ours ? Optional.of(header.getInt(USER_VERSION)) : Optional.empty();
  }

  private static Failure newer(Path file, int schema, int newestSchema) {
    String wayBack =
        new EarlierCopies(file)
            .newest(newestSchema)
            .map(copy ->
                ("Start the newer version. Or go back to how it was before the upgrade, without"
                        + " what happened since: move %1$s, %1$s-wal and %1$s-shm away, rename %2$s"
                        + " to %1$s, and start this version.")
                    .formatted(file.getFileName(), copy.getFileName()))
            .orElse("Start the newer version, or restore a backup that this one made.");
    return new Failure.Rejected(
        Problem.of(
                "database-newer",
                409,
                "%s was written by a newer Tutti (schema %d, this one knows up to %d)."
                    .formatted(file, schema, newestSchema))
            .suggesting(wayBack));
  }

  private static ByteBuffer read(Path file) {
    ByteBuffer header = ByteBuffer.allocate(SIZE);
    if (Files.exists(file)) {
      try (SeekableByteChannel channel = Files.newByteChannel(file)) {
        while (header.hasRemaining() && channel.read(header) >= 0) {
          // A short read is no end.
        }
      } catch (IOException unreadable) {
        throw new Failure.Unavailable(
            "%s cannot be read: %s.".formatted(file, unreadable.getMessage()), unreadable);
      }
    }
    return header.flip();
  }

  private static Failure refused(String code, String detail, Path file) {
    return new Failure.Rejected(
        Problem.of(code, 409, detail)
            .suggesting(
                "Move it away, or use another folder than %s.".formatted(file.getParent())));
  }
}
