package dev.tutti.store;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * The database's own note of the key that its secrets are sealed with, so that it is not opened
 * with another one, nor without.
 */
record SealedWith(String keyId) {

  private static final DocumentKind<SealedWith> KIND =
      DocumentKind.of("seal", SealedWith.class, _ -> new Attributes("", "", "sealed"));
  private static final String ID = "key";

  /** What notes the key of a database that has none noted yet. */
  static Transaction note(Seal seal, Instant now) {
    return Transaction.of(new Write.PutDocument<>(KIND, ID, 0, new SealedWith(seal.id()), now));
  }

  /**
   * The id of the key that a database needs; empty for one that has never had a key. Changes
   * nothing, so that a start without the right key can be refused before anything is upgraded.
   *
   * @throws Failure.Rejected when the record of it cannot be read
   */
  static Optional<String> neededBy(Path database, BodyJson json) throws SQLException {
    try (Connection connection = Database.reader(database);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT body FROM document WHERE kind = '%s' AND id = '%s'".formatted(KIND, ID))) {
      return row.next()
          ? Optional.of(json.read(SealedWith.class, row.getBytes(1)).keyId())
          : Optional.empty();
    } catch (JacksonException unreadable) {
      // To go on could seal with another key what nobody opens again.
      throw new Failure.Rejected(
          Problem.of(
                  "key-unknown",
                  409,
                  "The record in %s of the key that secrets are sealed with cannot be read."
                      .formatted(database))
              .suggesting("Restore a backup: `tutti restore FILE`."));
    }
  }

  /**
   * The key of a data folder, made up if none was ever needed.
   *
   * @throws Failure.Rejected when the key that is needed is not there
   */
  static Seal keyOf(DataFolder folder, Optional<String> needed) {
    Path file = folder.key();
    Optional<Seal> here = KeyFile.load(file);
    if (needed.isEmpty()) {
      return here.orElseGet(() -> KeyFile.create(file));
    }
    String id = needed.get();
    if (here.isEmpty()) {
      throw refused(
          "key-missing",
          "Secrets in %s are sealed with the key %s, and there is no file %s."
              .formatted(folder.database(), id, file),
          folder);
    }
    if (!here.get().id().equals(id)) {
      throw refused(
          "key-wrong",
          "Secrets in %s are sealed with the key %s, but %s holds the key %s."
              .formatted(folder.database(), id, file, here.get().id()),
          folder);
    }
    return here.get();
  }

  private static Failure refused(String code, String detail, DataFolder folder) {
    return new Failure.Rejected(
        Problem.of(code, 409, detail)
            .suggesting(
                "Put the key back from where you keep a copy, or let TUTTI_KEY_FILE name it. If it is lost, so are the environments of the models in there: move %s away and begin anew."
                    .formatted(folder.path())));
  }
}
