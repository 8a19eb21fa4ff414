package dev.tutti.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.Failure;
import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upgrade keeps how it was before, and the way back is told. */
final class UpgradeTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final SpaceSettings SPACE = new SpaceSettings(0, 0);
  private static final Migrations NEXT = new Migrations(List.of("0001-first.sql", "0002-test.sql"));
  private static final Migrations BROKEN =
      new Migrations(List.of("0001-first.sql", "0002-broken.sql"));

  record Note(String text) {}

  private static final DocumentKind<Note> NOTE =
      DocumentKind.of("note", Note.class, n -> new Attributes("", n.text(), "s"));

  @TempDir Path path;

  private SqliteStore open(Migrations migrations) {
    return SqliteStore.open(DataFolder.open(path), SPACE, migrations);
  }

  private static void put(SqliteStore store, String id) {
    store.commit(Transaction.of(new Write.PutDocument<>(NOTE, id, 0, new Note(id), NOW)));
  }

  private static List<String> notes(SqliteStore store) {
    return store.page(NOTE, dev.tutti.core.store.Query.all()).documents().stream()
        .map(d -> d.id())
        .toList();
  }

  private List<String> copies() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.contains(".before-"))
          .sorted()
          .toList();
    }
  }

  @Test
  void aNewDatabaseHasNothingToKeep() throws IOException {
    open(NEXT).close();
    assertThat(copies()).isEmpty();
  }

  @Test
  void beforeAnUpgradeTheDatabaseIsCopied() throws IOException {
    upgrade();
    open(NEXT).close();
    assertThat(copies()).containsExactly("tutti.db.before-2");
  }

  private void upgrade() {
    try (SqliteStore store = open(Migrations.ours())) {
      put(store, "early");
    }
    try (SqliteStore store = open(NEXT)) {
      assertThat(notes(store)).containsExactly("early");
      put(store, "late");
    }
  }

  @Test
  void aDowngradeIsRefusedUntouchedAndTheCopyIsNamedAndBringsItBack() throws IOException {
    upgrade();
    Path database = path.resolve("tutti.db");
    byte[] before = Files.readAllBytes(database);
    assertThatThrownBy(() -> open(Migrations.ours()))
        .isInstanceOf(Failure.Rejected.class)
        .hasMessageContaining("newer Tutti (schema 2, this one knows up to 1)")
        .hasMessageContaining("rename tutti.db.before-2 to tutti.db");
    assertThat(Files.readAllBytes(database)).isEqualTo(before);

    for (String file : List.of("tutti.db", "tutti.db-wal", "tutti.db-shm")) {
      Files.deleteIfExists(path.resolve(file));
    }
    Files.move(path.resolve("tutti.db.before-2"), database, StandardCopyOption.ATOMIC_MOVE);
    try (SqliteStore store = open(Migrations.ours())) {
      assertThat(notes(store)).containsExactly("early");
      put(store, "again");
    }
  }

  @Test
  void aDowngradeWithoutACopySaysThatABackupIsNeeded() throws IOException {
    upgrade();
    Files.delete(path.resolve("tutti.db.before-2"));
    assertThatThrownBy(() -> open(Migrations.ours()))
        .isInstanceOf(Failure.Rejected.class)
        .hasMessageContaining("restore a backup that this one made");
  }

  @Test
  void anUpgradeThatFailsIsTriedAgainAndOverwritesNoCopy() throws IOException {
    try (SqliteStore store = open(Migrations.ours())) {
      put(store, "early");
    }
    assertThatThrownBy(() -> open(BROKEN)).isInstanceOf(Failure.Unavailable.class);
    try (SqliteStore store = open(NEXT)) {
      assertThat(notes(store)).containsExactly("early");
    }
    assertThat(copies()).containsExactly("tutti.db.before-2", "tutti.db.before-2.2");
  }
}
