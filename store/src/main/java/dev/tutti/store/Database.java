package dev.tutti.store;

import dev.tutti.core.Failure;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** Opens connections to the SQLite file, and speaks its conventions. */
final class Database {

  private static final int BUSY_MILLIS = 10_000;
  private static final int WAL_BYTES = 64 << 20;
  private static final int CACHE_KIBIBYTES = 16 * 1024;

  private Database() {}

  /** Creates the file or brings it up to date, and leaves it in WAL mode. */
  static void prepare(Path file, boolean exists, Migrations migrations) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    try (Connection connection = config.createConnection(url(file));
        Statement statement = connection.createStatement()) {
      if (!exists) {
        // Before the first table, or it has no effect.
        statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
      }
      migrations.apply(connection, new EarlierCopies(file));
      statement.execute("PRAGMA journal_mode = WAL");
    }
  }

  static Connection writer(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setJournalSizeLimit(WAL_BYTES);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setCacheSize(-CACHE_KIBIBYTES);
    return config.createConnection(url(file));
  }

  /** For copying, which SQLite counts as writing. */
  static Connection copier(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.setBusyTimeout(BUSY_MILLIS);
    return config.createConnection(url(file));
  }

  static Connection reader(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setCacheSize(-CACHE_KIBIBYTES / 4);
    Connection connection = config.createConnection(url(file));
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = ON");
    }
    return connection;
  }

  private static String url(Path file) {
    return "jdbc:sqlite:" + file;
  }

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  static Failure.Unavailable unavailable(SQLException cause) {
    return new Failure.Unavailable("The store cannot be used: " + cause.getMessage(), cause);
  }
}
