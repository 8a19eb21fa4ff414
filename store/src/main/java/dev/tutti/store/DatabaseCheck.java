package dev.tutti.store;

import dev.tutti.core.backplane.Health;
import dev.tutti.core.doctor.Check;
import dev.tutti.core.doctor.Finding;
import dev.tutti.core.store.UnreadableDocument;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Whether the database takes writes and, deep, whether its file is sound from end to end. */
public final class DatabaseCheck implements Check {

  private static final String RESTORE =
      "Stop the server, keep a copy of the data folder, and restore a backup.";

  private final SqliteStore store;
  private final DataFolder folder;

  public DatabaseCheck(SqliteStore store, DataFolder folder) {
    this.store = store;
    this.folder = folder;
  }

  @Override
  public String name() {
    return "store";
  }

  @Override
  public List<Finding> look(boolean deep) {
    Health health = store.health();
    if (!health.healthy()) {
      return List.of(
          Finding.error(
              this,
              "The store is not well: %s.".formatted(health.detail()),
              "Free disk space and check permissions; if it is damaged: " + RESTORE));
    }
    List<UnreadableDocument> unreadable = store.unreadable();
    if (!unreadable.isEmpty()) {
      return List.of(
          Finding.error(
              this,
              "%d of its records cannot be read, such as: %s. What they belong to stands still, and everything else goes on."
                  .formatted(unreadable.size(), unreadable.getFirst().getMessage()),
              RESTORE));
    }
    return List.of(deep ? integrity() : Finding.ok(this, "The store takes writes."));
  }

  private Finding integrity() {
    try (Connection connection = Database.reader(folder.database());
        var statement = connection.createStatement();
        var result = statement.executeQuery("PRAGMA integrity_check(10)")) {
      StringBuilder said = new StringBuilder();
      while (result.next()) {
        said.append(result.getString(1)).append(' ');
      }
      String verdict = said.toString().strip();
      return verdict.equals("ok")
          ? Finding.ok(this, "The store takes writes, and its file is sound.")
          : Finding.error(
              this, "%s is damaged: %s.".formatted(folder.database(), verdict), RESTORE);
    } catch (SQLException unreadable) {
      return Finding.error(
          this,
          "%s could not be checked: %s.".formatted(folder.database(), unreadable.getMessage()),
          RESTORE);
    }
  }
}
