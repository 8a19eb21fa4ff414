package dev.tutti.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.Failure;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Space;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that becomes read-only under the writer, and writable again. */
final class ReadOnlyTest {

  private static final JournalEntry ENTRY =
      new JournalEntry(
          0,
          Instant.parse("2026-01-02T03:04:05Z"),
          new OwnerRef("test", "t"),
          "test",
          "t",
          "words",
          Map.of());

  @TempDir Path path;

  private static List<Prepared> entry() {
    return Prepared.of(Transaction.of(new Write.AppendJournal(ENTRY)), new BodyJson());
  }

  private static void readOnly(Connection connection, boolean on) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = " + (on ? "ON" : "OFF"));
    }
  }

  @Test
  void nothingIsTakenUntilItIsWritableAgainAndThenByItself() throws Exception {
    DataFolder folder = DataFolder.open(path);
    Database.prepare(folder.database(), false, Migrations.ours());
    Connection connection = Database.writer(folder.database());
    DiskWatch disk = new DiskWatch(folder, new SpaceSettings(0, 0));
    try (GroupCommit writer = new GroupCommit(connection, 0, disk)) {
      assertThat(writer.commit(entry())).isEqualTo(1);
      readOnly(connection, true);
      assertThatThrownBy(() -> writer.commit(entry())).isInstanceOf(Failure.Unavailable.class);
      writer.commitSoon(entry());
      assertThatThrownBy(() -> writer.commit(entry())).isInstanceOf(Failure.Unavailable.class);
      assertThat(disk.space().level()).isEqualTo(Space.Level.NONE);
      assertThat(disk.space().sentence())
          .contains(folder.path().toString())
          .contains("Make it writable again");

      readOnly(connection, false);
      await().until(() -> disk.space().level() == Space.Level.ENOUGH);
      // What nobody waited for came first, what was refused is not there.
      assertThat(writer.commit(entry())).isEqualTo(3);
    }
  }
}
