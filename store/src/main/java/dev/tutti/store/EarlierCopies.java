package dev.tutti.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of a database from before it was upgraded: {@code tutti.db.before-2} is how it was before
 * schema 2. They are kept until somebody deletes them.
 */
final class EarlierCopies {

  private static final Logger LOG = LoggerFactory.getLogger(EarlierCopies.class);

  private final Path database;

  EarlierCopies(Path database) {
    this.database = database;
  }

  /** Keeps the database as it is; an upgrade that is tried again overwrites no earlier copy. */
  void keep(Connection connection, int nextSchema) throws SQLException {
    String name = database.getFileName() + ".before-" + nextSchema;
    Path copy = database.resolveSibling(name);
    for (int again = 2; Files.exists(copy); again++) {
      copy = database.resolveSibling(name + "." + again);
    }
    CopyOfDatabase.write(connection, copy);
    LOG.info("Before the upgrade to schema {}, the database was copied to {}.", nextSchema, copy);
  }

  /** The newest copy that a program can read that knows schemas up to this one. */
  Optional<Path> newest(int readableSchema) {
    try (Stream<Path> files =
        Files.list(Objects.requireNonNull(database.toAbsolutePath().getParent()))) {
      String prefix = database.getFileName() + ".before-";
      List<Path> copies =
          files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
      return copies.stream()
          .filter(file -> !file.toString().endsWith(".part"))
          .filter(file -> DatabaseHeader.schema(file).filter(s -> s <= readableSchema).isPresent())
          .max(
              Comparator.comparing((Path file) -> DatabaseHeader.schema(file).orElse(0))
                  .thenComparing(EarlierCopies::modified));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
