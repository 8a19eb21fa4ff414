package dev.tutti.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tutti.core.Failure;
import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.Query;
import dev.tutti.core.store.Store;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.UnreadableDocument;
import dev.tutti.core.store.Write;
import dev.tutti.store.testkit.DurableStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStoreTest extends DurableStoreContract {

  @TempDir Path folder;

  @Override
  protected Store open() {
    return SqliteStore.open(DataFolder.open(folder));
  }

  private Path database() {
    return folder.resolve("tutti.db");
  }

  @Test
  void folderInUseIsRefusedWithTheProcessThatUsesIt() {
    assertThatThrownBy(this::open)
        .isInstanceOf(Failure.Rejected.class)
        .hasMessageContaining(String.valueOf(ProcessHandle.current().pid()))
        .hasMessageContaining("--data");
  }

  @Test
  void onlyTheOwnerMayLookInside() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void newerFileIsRefusedUntouched() throws Exception {
    store.close();
    sql("PRAGMA user_version = 99");
    byte[] before = Files.readAllBytes(database());
    assertThatThrownBy(this::open)
        .isInstanceOf(Failure.Rejected.class)
        .hasMessageContaining("newer Tutti");
    assertThat(Files.readAllBytes(database())).isEqualTo(before);
  }

  @Test
  void foreignFileIsRefusedUntouched() throws Exception {
    store.close();
    sql("PRAGMA application_id = 7");
    byte[] before = Files.readAllBytes(database());
    assertThatThrownBy(this::open)
        .isInstanceOf(Failure.Rejected.class)
        .hasMessageContaining("no database of Tutti");
    assertThat(Files.readAllBytes(database())).isEqualTo(before);
    Files.writeString(database(), "some text that is longer than a header ".repeat(10));
    assertThatThrownBy(this::open).hasMessageContaining("no database of Tutti");
  }

  private void sql(String statement) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database())) {
      connection.createStatement().execute(statement);
    }
  }

  @Test
  void fileHasTheMarksOfOurs() throws Exception {
    store.close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database())) {
      for (Map.Entry<String, Object> expected :
          Map.<String, Object>of(
                  "application_id", 0x54555454, "auto_vacuum", 2, "journal_mode", "wal")
              .entrySet()) {
        var result = connection.createStatement().executeQuery("PRAGMA " + expected.getKey());
        assertThat(result.getObject(1)).as(expected.getKey()).isEqualTo(expected.getValue());
      }
    }
  }

  @Test
  void tooLargeARecordIsRefused() {
    assertThatThrownBy(
            () -> store.commit(Transaction.of(put("a", 0, note("x".repeat(400_000), "s", 1)))))
        .isInstanceOf(Failure.Rejected.class)
        .hasMessageContaining("327680");
  }

  /** What an older release wrote: one component had another name, one did not exist. */
  public record Old(String label) {}

  public record Titled(String title) {}

  public record New(String name, List<String> tags, int count) {}

  @Test
  void olderBodyIsReadThroughItsUpcastersAndMissingPartsAreEmpty() {
    DocumentKind<Old> old =
        DocumentKind.of("thing", Old.class, o -> new Attributes("", o.label(), "s"));
    DocumentKind<New> current =
        new DocumentKind<>(
            "thing",
            New.class,
            n -> new Attributes("", n.name(), "s"),
            List.of(body -> Map.of("name", body.get("label"), "unknown", 1)));
    store.commit(Transaction.of(new Write.PutDocument<>(old, "a", 0, new Old("chair"), NOW)));
    assertThat(store.find(current, "a").orElseThrow().body())
        .isEqualTo(new New("chair", List.of(), 0));
  }

  @Test
  void bodyOfAnyEarlierSchemaGoesThroughAllUpcastersAfterIt() {
    DocumentKind<New> third =
        new DocumentKind<>(
            "thing",
            New.class,
            n -> new Attributes("", n.name(), "s"),
            List.of(
                body -> Map.of("title", String.valueOf(body.get("label"))),
                body -> Map.of("name", String.valueOf(body.get("title")), "count", 3)));
    DocumentKind<Old> first =
        DocumentKind.of("thing", Old.class, o -> new Attributes("", o.label(), "s"));
    DocumentKind<Titled> second =
        new DocumentKind<>(
            "thing", Titled.class, t -> new Attributes("", t.title(), "s"), List.of(b -> b));
    store.commit(
        Transaction.of(
            new Write.PutDocument<>(first, "1", 0, new Old("chair"), NOW),
            new Write.PutDocument<>(second, "2", 0, new Titled("table"), NOW),
            new Write.PutDocument<>(third, "3", 0, new New("bed", List.of("soft"), 7), NOW)));
    assertThat(store.page(third, Query.all()).documents().stream().map(d -> d.body()))
        .containsExactly(
            new New("chair", List.of(), 3),
            new New("table", List.of(), 3),
            new New("bed", List.of("soft"), 7));
  }

  public record Counted(int label) {}

  @Test
  void whatCannotBeReadIsNamedAndTheOthersAreRead() {
    DocumentKind<Old> kind =
        DocumentKind.of("thing", Old.class, o -> new Attributes("", o.label(), "s"));
    for (String id : List.of("1", "2", "3", "4")) {
      String label = id.equals("2") || id.equals("4") ? "chair" : id;
      store.commit(Transaction.of(new Write.PutDocument<>(kind, id, 0, new Old(label), NOW)));
    }
    DocumentKind<Counted> other =
        DocumentKind.of("thing", Counted.class, c -> new Attributes("", "", "s"));
    List<Integer> read = new ArrayList<>();
    assertThat(store.each(other, Query.all().atMost(1), d -> read.add(d.body().label())))
        .extracting(UnreadableDocument::id)
        .containsExactly("2", "4");
    assertThat(read).containsExactly(1, 3);
    assertThat(store.count(other, Query.all())).isEqualTo(4);
    assertThatThrownBy(() -> store.find(other, "2"))
        .isInstanceOf(UnreadableDocument.class)
        .hasMessageContaining("thing '2' (schema 1) cannot be read");
    assertThatThrownBy(() -> store.page(other, Query.all()).complete())
        .isInstanceOf(UnreadableDocument.class);
    assertThat(((SqliteStore) store).unreadable())
        .extracting(UnreadableDocument::id)
        .containsExactlyInAnyOrder("2", "4");
    assertThat(store.find(kind, "2").orElseThrow().body().label()).isEqualTo("chair");
  }

  @Test
  void commandThatCannotBeReadHoldsUpNoOtherAndIsKept() throws Exception {
    for (long number : List.of(1L, 2L)) {
      store.commit(Transaction.of(new Write.AddCommand(errand(number))));
    }
    store.close();
    sql("UPDATE command SET body = CAST('no JSON' AS BLOB) WHERE number = 1");
    store = open();
    assertThat(store.commands(List.of(ERRAND), 0, 10))
        .extracting(c -> c.number())
        .containsExactly(2L);
    store.close();
    sql("UPDATE command SET body = CAST('{\"what\": \"e1\"}' AS BLOB) WHERE number = 1");
    store = open();
    assertThat(store.commands(List.of(ERRAND), 0, 10))
        .extracting(c -> c.number())
        .containsExactly(1L, 2L);
  }

  @Test
  void entryWhoseDetailsCannotBeReadIsInTheJournalWithoutThem() throws Exception {
    store.commit(Transaction.of(journal("damaged")));
    store.commit(Transaction.of(journal("whole")));
    store.close();
    sql("UPDATE journal SET data = CAST('no JSON' AS BLOB) WHERE number = 1");
    store = open();
    assertThat(store.journal(0, Optional.empty(), 10))
        .extracting(entry -> entry.message(), entry -> entry.data().containsKey("unreadable"))
        .containsExactly(tuple("damaged", true), tuple("whole", false));
  }

  @Test
  void journalIsPrunedByAgeAndSizeButItsNumbersGoOn() {
    for (int i = 0; i < 20; i++) {
      store.commit(Transaction.of(journal("entry " + i)));
    }
    SqliteStore sqlite = (SqliteStore) store;
    sqlite.pruneJournal(NOW.minusSeconds(1), Long.MAX_VALUE);
    assertThat(store.firstJournalNumber()).isEqualTo(1);
    sqlite.pruneJournal(NOW.minusSeconds(1), 1_000);
    assertThat(store.firstJournalNumber()).isBetween(5L, 19L);
    sqlite.pruneJournal(NOW.plusSeconds(1), Long.MAX_VALUE);
    assertThat(store.journal(0, Optional.empty(), 50)).hasSize(1);
    assertThat(store.commit(Transaction.of(journal("next")))).isEqualTo(21);
  }

  @Test
  void closedStoreTakesNothing() {
    store.close();
    assertThatThrownBy(() -> store.commit(Transaction.of(journal("late"))))
        .isInstanceOf(Failure.Unavailable.class);
    store = open();
  }
}
