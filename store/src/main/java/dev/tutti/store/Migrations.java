package dev.tutti.store;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/**
 * Brings a database to the newest schema with numbered files, each in a transaction of its own that
 * also records its checksum. A file that was applied must never change.
 */
final class Migrations {

  private final List<String> files;

  /**
   * @param files resources beside this class, in the order of their numbers
   */
  Migrations(List<String> files) {
    this.files = List.copyOf(files);
  }

  /** Those of this release. */
  static Migrations ours() {
    return new Migrations(List.of("0001-first.sql"));
  }

  int newest() {
    return files.size();
  }

  /**
   * Applies what is missing.
   *
   * @param copies where a database that holds something is copied to before it is changed
   */
  void apply(Connection connection, EarlierCopies copies) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, checksum TEXT)");
      int done = number(statement, "PRAGMA user_version");
      if (done > 0 && done < newest()) {
        copies.keep(connection, newest());
      }
      for (int number = 1; number <= newest(); number++) {
        String sql = read(files.get(number - 1));
        String checksum = Sha256.hex(sql);
        if (number <= done) {
          requireSame(statement, number, checksum);
        } else {
          applyOne(statement, number, sql, checksum);
        }
      }
    }
  }

  private static void applyOne(Statement statement, int number, String sql, String checksum)
      throws SQLException {
    statement.execute("BEGIN IMMEDIATE");
    try {
      for (String part : sql.split(";\\s*\n", -1)) {
        if (!part.isBlank()) {
          statement.execute(part);
        }
      }
      statement.execute(
          "INSERT INTO migration (number, checksum) VALUES (%d, '%s')".formatted(number, checksum));
      statement.execute("PRAGMA application_id = " + DatabaseHeader.APPLICATION_ID);
      statement.execute("PRAGMA user_version = " + number);
      statement.execute("COMMIT");
    } catch (SQLException failure) {
      statement.execute("ROLLBACK");
      throw failure;
    }
  }

  private static void requireSame(Statement statement, int number, String checksum)
      throws SQLException {
    try (ResultSet applied =
        statement.executeQuery("SELECT checksum FROM migration WHERE number = " + number)) {
      if (!applied.next() || !checksum.equals(applied.getString(1))) {
        throw new Failure.Rejected(
            Problem.of(
                    "migration-changed",
                    409,
                    "Migration %d was applied in another form than this program has."
                        .formatted(number))
                .suggesting("Start the version that wrote this database."));
      }
    }
  }

  private static int number(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      return result.next() ? result.getInt(1) : 0;
    }
  }

  private static String read(String file) {
    try (InputStream resource =
        Objects.requireNonNull(Migrations.class.getResourceAsStream(file), file)) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
