package dev.tutti.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** Looks into a database that nobody else uses, such as a copy. */
final class DocumentCounts {

  private DocumentCounts() {}

  /** How many documents there are, by kind. */
  static Map<String, Long> documents(Path file) {
    Map<String, Long> counts = new TreeMap<>();
    try (Connection connection = Database.reader(file);
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT kind, count(*) FROM document GROUP BY kind")) {
      while (result.next()) {
        counts.put(result.getString(1), result.getLong(2));
      }
      return counts;
    } catch (SQLException failure) {
      throw Database.unavailable(failure);
    }
  }
}
