package dev.tutti.benchmarks;

import dev.tutti.store.DataFolder;
import dev.tutti.store.SqliteStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.sqlite.SQLiteConfig;

/**
 * What the engine writes for one message of {@link Counting}, written without engine or store: the
 * same file, driver, settings, statements and bytes, from one thread.
 */
final class BareSqlite implements AutoCloseable {

  private static final String DOCUMENT = "owner-0";

  private final Connection connection;
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement update;
  private final PreparedStatement append;
  private final PreparedStatement add;
  private final PreparedStatement forget;
  private int value;

  BareSqlite(Path folder) throws SQLException {
    // The store makes the tables.
    SqliteStore.open(DataFolder.open(folder)).close();
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setJournalSizeLimit(64 << 20);
    config.setCacheSize(-16 * 1024);
    connection = config.createConnection("jdbc:sqlite:" + folder.resolve("tutti.db"));
    begin = connection.prepareStatement("BEGIN IMMEDIATE");
    commit = connection.prepareStatement("COMMIT");
    update =
        connection.prepareStatement(
            "UPDATE document SET version = version + 1, parent = ?, name = ?, state = ?, schema = ?,"
                + " updated = ?, body = ? WHERE kind = ? AND id = ? AND version = ?");
    append =
        connection.prepareStatement(
            "INSERT INTO journal (number, time, owner_kind, owner_id, type, subject, message, data)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    add =
        connection.prepareStatement(
            "INSERT INTO command (number, kind, owner_kind, owner_id, lane, body, sent)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)");
    forget = connection.prepareStatement("DELETE FROM command WHERE number = ?");
    insert();
  }

  private void insert() throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO document (kind, id, version, parent, name, state, schema, created, updated,"
                + " body) VALUES ('count', ?, 1, '', ?, 'counting', 1, 0, 0, ?)")) {
      insert.setString(1, DOCUMENT);
      insert.setString(2, DOCUMENT);
      insert.setBytes(3, body());
      insert.executeUpdate();
    }
  }

  /** Commits so many transitions together. */
  void commit(int together) throws SQLException {
    begin.executeUpdate();
    for (int i = 0; i < together; i++) {
      transition();
    }
    commit.executeUpdate();
  }

  private void transition() throws SQLException {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    int version = ++value;
    update.setString(1, "");
    update.setString(2, DOCUMENT);
    update.setString(3, "counting");
    update.setInt(4, 1);
    update.setLong(5, now);
    update.setBytes(6, body());
    update.setString(7, "count");
    update.setString(8, DOCUMENT);
    update.setLong(9, version);
    if (update.executeUpdate() != 1) {
      throw new IllegalStateException("the document is not as expected");
    }
    append.setLong(1, version);
    append.setLong(2, now);
    append.setString(3, Counting.OWNER_KIND);
    append.setString(4, DOCUMENT);
    append.setString(5, "counted");
    append.setString(6, "");
    append.setString(7, "One more.");
    append.setBytes(8, bytes("{\"value\":%d}".formatted(version)));
    append.executeUpdate();
    add.setLong(1, version);
    add.setString(2, "send");
    add.setString(3, Counting.OWNER_KIND);
    add.setString(4, DOCUMENT);
    add.setString(5, "lane/" + DOCUMENT);
    add.setBytes(6, bytes("{\"owner\":\"%s\",\"value\":%d}".formatted(DOCUMENT, version)));
    add.setInt(7, 0);
    add.executeUpdate();
    // The command of the last transition was executed meanwhile.
    forget.setLong(1, version - 1);
    forget.executeUpdate();
  }

  private byte[] body() {
    return bytes(
        "{\"name\":\"%s\",\"value\":%d,\"filling\":\"%s\"}"
            .formatted(DOCUMENT, value, Counting.FILLING));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement :
        new PreparedStatement[] {begin, commit, update, append, add, forget}) {
      statement.close();
    }
    connection.close();
  }
}
