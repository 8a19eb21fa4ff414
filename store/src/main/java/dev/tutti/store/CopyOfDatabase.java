package dev.tutti.store;

import dev.tutti.core.store.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Objects;

/**
 * Copies a database as one moment of it, while others write. The copy appears under its name when
 * all of it is on the disk.
 */
final class CopyOfDatabase {

  private CopyOfDatabase() {}

  /**
   * Copies what the connection sees.
   *
   * @param target is not there yet
   */
  static void write(Connection connection, Path target) throws SQLException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.deleteIfExists(part);
      try (PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
        vacuum.setString(1, part.toString());
        vacuum.execute();
      }
      flush(part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      PrivateFile.flushNames(Objects.requireNonNull(target.toAbsolutePath().getParent()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      discard(part);
    }
  }

  private static void discard(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }

  private static void flush(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
