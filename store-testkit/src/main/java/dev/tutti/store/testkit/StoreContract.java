package dev.tutti.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.Command;
import dev.tutti.core.store.CommandKind;
import dev.tutti.core.store.Delivery;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Query;
import dev.tutti.core.store.Store;
import dev.tutti.core.store.Timer;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.VersionConflict;
import dev.tutti.core.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does. A back end's test says how to open one. */
public abstract class StoreContract {

  /** A body with everything that bodies may have. */
  public record Note(String parent, String state, int number, List<String> lines, Instant when) {}

  /** The body of a command. */
  public record Errand(String what) {}

  protected static final DocumentKind<Note> NOTE =
      DocumentKind.of("note", Note.class, n -> new Attributes(n.parent(), "name", n.state()));

  protected static final CommandKind<Errand> ERRAND =
      new CommandKind<>("errand", Errand.class, Delivery.NEVER_TWICE);

  protected static final OwnerRef OWNER = new OwnerRef("test", "owner");
  protected static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

  protected Store store;

  /** Opens a store; called again after a close, it opens the same one, if it is durable. */
  protected abstract Store open();

  @BeforeEach
  final void openStore() {
    store = open();
  }

  @AfterEach
  final void closeStore() {
    store.close();
  }

  protected static Note note(String parent, String state, int number) {
    return new Note(parent, state, number, List.of("a", "ü\n\"\\"), NOW);
  }

  protected static Write put(String id, long version, Note note) {
    return new Write.PutDocument<>(NOTE, id, version, note, NOW);
  }

  protected static Write journal(String message) {
    return new Write.AppendJournal(
        new JournalEntry(
            0, NOW, OWNER, "test.done", "subject", message, Map.of("n", 1, "ok", true, "t", "x")));
  }

  protected static Command<Errand> errand(long number) {
    return new Command<>(number, ERRAND, OWNER, "lane", new Errand("e" + number), false);
  }

  @Test
  void documentComesBackAsItWasPut() {
    Note note = note("p", "new", 1);
    store.commit(Transaction.of(put("a/ü~1", 0, note)));
    Document<Note> found = store.find(NOTE, "a/ü~1").orElseThrow();
    assertThat(found.body()).isEqualTo(note);
    assertThat(found.version()).isEqualTo(1);
    assertThat(found.created()).isEqualTo(NOW);
    assertThat(store.find(NOTE, "b")).isEmpty();
  }

  @Test
  void changeNeedsTheVersionThatIsThere() {
    store.commit(Transaction.of(put("a", 0, note("", "new", 1))));
    store.commit(Transaction.of(put("a", 1, note("", "new", 2))));
    assertThatThrownBy(() -> store.commit(Transaction.of(put("a", 1, note("", "new", 3)))))
        .isInstanceOf(VersionConflict.class);
    assertThatThrownBy(() -> store.commit(Transaction.of(put("a", 0, note("", "new", 3)))))
        .isInstanceOf(VersionConflict.class);
    assertThat(store.find(NOTE, "a").orElseThrow().body().number()).isEqualTo(2);
  }

  @Test
  void transactionThatFailsWritesNothing() {
    store.commit(Transaction.of(put("a", 0, note("", "new", 1))));
    assertThatThrownBy(() ->
            store.commit(
                Transaction.of(
                    put("b", 0, note("", "new", 1)),
                    journal("never"),
                    new Write.AddCommand(errand(1)),
                    put("a", 7, note("", "new", 2)))))
        .isInstanceOf(VersionConflict.class);
    assertThat(store.find(NOTE, "b")).isEmpty();
    assertThat(store.lastJournalNumber()).isZero();
    assertThat(store.lastCommandNumber()).isZero();
  }

  @Test
  void journalIsNumberedWithoutHoles() {
    assertThat(store.commit(Transaction.of(journal("one"), journal("two")))).isEqualTo(2);
    assertThat(store.commit(Transaction.of(put("a", 0, note("", "new", 1))))).isZero();
    assertThat(store.commit(Transaction.of(journal("three")))).isEqualTo(3);
    List<JournalEntry> entries = store.journal(1, Optional.empty(), 10);
    assertThat(entries).extracting(JournalEntry::number).containsExactly(2L, 3L);
    assertThat(entries.getFirst().message()).isEqualTo("two");
    assertThat(entries.getFirst().data()).containsEntry("ok", true).containsEntry("t", "x");
    assertThat(store.journal(0, Optional.of(OWNER), 2)).hasSize(2);
    assertThat(store.journal(0, Optional.of(new OwnerRef("test", "other")), 2)).isEmpty();
    assertThat(store.firstJournalNumber()).isEqualTo(1);
    assertThat(store.lastJournalNumber()).isEqualTo(3);
  }

  @Test
  void newestEntriesOfAnOwnerAreGivenOldestFirst() {
    OwnerRef other = new OwnerRef("test", "other");
    store.commit(
        Transaction.of(
            journal("one"),
            new Write.AppendJournal(
                new JournalEntry(0, NOW, OWNER, "test.done", "elsewhere", "apart", Map.of())),
            new Write.AppendJournal(
                new JournalEntry(0, NOW, other, "test.done", "subject", "another's", Map.of())),
            journal("two"),
            journal("three")));
    assertThat(store.newest(OWNER, "", 3))
        .extracting(JournalEntry::message)
        .containsExactly("apart", "two", "three");
    assertThat(store.newest(OWNER, "subject", 10))
        .extracting(JournalEntry::message)
        .containsExactly("one", "two", "three");
    assertThat(store.newest(OWNER, "nothing", 10)).isEmpty();
    assertThat(store.newest(new OwnerRef("test", "nobody"), "", 10)).isEmpty();
  }

  private List<Document<Note>> list(Query query) {
    return store.page(NOTE, query).complete();
  }

  @Test
  void pagesFollowEachOtherToTheLast() {
    List<String> ids = List.of("a", "b", "c", "d");
    for (String id : ids) {
      store.commit(Transaction.of(put(id, 0, note("p", "s", 1))));
    }
    assertThat(store.page(NOTE, Query.all()).next()).isEmpty();
    Query ofTwo = Query.childrenOf("p").inStates(Set.of("s")).atMost(2);
    assertThat(store.page(NOTE, ofTwo).next()).contains(ofTwo.startingAfter("b"));
    List<String> read = new ArrayList<>();
    assertThat(store.each(NOTE, ofTwo, document -> read.add(document.id()))).isEmpty();
    assertThat(read).isEqualTo(ids);
  }

  @Test
  void pagesAreInTheOrderOfIdsAndFiltered() {
    for (String id : List.of("b", "a", "B", "é", "c")) {
      store.commit(Transaction.of(put(id, 0, note(id.equals("c") ? "q" : "p", "s-" + id, 1))));
    }
    assertThat(list(Query.all())).extracting(Document::id).containsExactly("B", "a", "b", "c", "é");
    assertThat(list(Query.childrenOf("p").atMost(2).startingAfter("B")))
        .extracting(Document::id)
        .containsExactly("a", "b");
    assertThat(list(Query.all().inStates(Set.of("s-a", "s-c", "s-x"))))
        .extracting(Document::id)
        .containsExactly("a", "c");
    assertThat(list(Query.childrenOf("p").inStates(Set.of("s-a", "s-c"))))
        .extracting(Document::id)
        .containsExactly("a");
    assertThat(store.count(NOTE, Query.childrenOf("p"))).isEqualTo(4);
    assertThat(store.count(NOTE, Query.all().inStates(Set.of("s-a")))).isEqualTo(1);
  }

  @Test
  void changedStateIsFoundUnderTheNewOneOnly() {
    store.commit(Transaction.of(put("a", 0, note("p", "old", 1))));
    store.commit(Transaction.of(put("a", 1, note("p", "new", 1))));
    assertThat(list(Query.all().inStates(Set.of("old")))).isEmpty();
    assertThat(list(Query.all().inStates(Set.of("new")))).hasSize(1);
  }

  @Test
  void deletingWhatIsNotThereIsNoError() {
    store.commit(Transaction.of(put("a", 0, note("", "new", 1))));
    store.commit(
        Transaction.of(
            new Write.DeleteDocument(NOTE, "a"),
            new Write.DeleteDocument(NOTE, "z"),
            new Write.ForgetCommand(9),
            new Write.CancelTimer(OWNER, "z")));
    assertThat(store.find(NOTE, "a")).isEmpty();
    store.commit(Transaction.of(put("a", 0, note("", "new", 1))));
    assertThat(store.find(NOTE, "a").orElseThrow().version()).isEqualTo(1);
  }

  @Test
  void commandsWaitUntilTheyAreForgotten() {
    store.commit(
        Transaction.of(
            new Write.AddCommand(errand(3)),
            new Write.AddCommand(errand(5)),
            new Write.AddCommand(errand(7))));
    store.commit(Transaction.of(new Write.MarkSent(5)));
    store.commitSoon(Transaction.of(new Write.ForgetCommand(3)));
    store.commit(Transaction.of());
    List<Command<?>> waiting = store.commands(List.of(ERRAND), 0, 10);
    assertThat(waiting).extracting(Command::number).containsExactly(5L, 7L);
    assertThat(waiting.getFirst().sent()).isTrue();
    assertThat(waiting.getFirst().body()).isEqualTo(new Errand("e5"));
    assertThat(waiting.getLast().sent()).isFalse();
    assertThat(store.commands(List.of(ERRAND), 5, 10)).hasSize(1);
    assertThat(store.commands(List.of(ERRAND), 0, 1)).hasSize(1);
    assertThat(store.lastCommandNumber()).isEqualTo(7);
  }

  @Test
  void timerIsOnePerOwnerAndName() {
    store.commit(
        Transaction.of(
            new Write.SetTimer(new Timer(OWNER, "a", NOW)),
            new Write.SetTimer(new Timer(OWNER, "b", NOW))));
    store.commit(
        Transaction.of(
            new Write.SetTimer(new Timer(OWNER, "a", NOW.plusSeconds(1))),
            new Write.CancelTimer(OWNER, "b")));
    assertThat(store.timers()).containsExactly(new Timer(OWNER, "a", NOW.plusSeconds(1)));
  }

  @Test
  void committersAtTheSameTimeLoseNothing() throws Exception {
    int owners = 50;
    int changes = 40;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> done = new ArrayList<>();
      for (int owner = 0; owner < owners; owner++) {
        String id = "owner-" + owner;
        done.add(
            threads.submit(() ->
                IntStream.range(0, changes)
                    .forEach(n -> {
                      store.commit(Transaction.of(put(id, n, note("", "new", n)), journal(id)));
                      Document<Note> read = store.find(NOTE, id).orElseThrow();
                      assertThat(read.version()).isEqualTo(n + 1L);
                    })));
      }
      for (Future<?> one : done) {
        one.get();
      }
    }
    assertThat(store.lastJournalNumber()).isEqualTo((long) owners * changes);
    assertThat(store.journal(0, Optional.empty(), 10_000))
        .extracting(JournalEntry::number)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, owners * changes).mapToObj(n -> (long) n).toList());
  }

  @Test
  void oneThatFailsHarmsNoOtherOfTheSameMoment() throws Exception {
    store.commit(Transaction.of(put("a", 0, note("", "new", 1))));
    int good = 100;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> wrong = new ArrayList<>();
      List<Future<?>> right = new ArrayList<>();
      for (int i = 0; i < good; i++) {
        String id = "good-" + i;
        right.add(
            threads.submit(
                () -> store.commit(Transaction.of(put(id, 0, note("", "new", 1)), journal(id)))));
        wrong.add(
            threads.submit(
                () -> store.commit(Transaction.of(journal("bad"), put("a", 9, note("", "x", 1))))));
      }
      for (Future<?> one : right) {
        one.get();
      }
      for (Future<?> one : wrong) {
        assertThatThrownBy(one::get).hasCauseInstanceOf(VersionConflict.class);
      }
    }
    assertThat(store.lastJournalNumber()).isEqualTo(good);
    assertThat(store.count(NOTE, Query.all())).isEqualTo(good + 1L);
  }

  /** Random work, compared with a map; a failure names its seed. */
  @Test
  void behavesLikeAMap() {
    for (long seed = 0; seed < 20; seed++) {
      String prefix = "seed-" + seed + "-";
      SplittableRandom random = new SplittableRandom(seed);
      java.util.TreeMap<String, Note> model = new java.util.TreeMap<>();
      java.util.Map<String, Long> versions = new java.util.HashMap<>();
      for (int step = 0; step < 60; step++) {
        String id = prefix + random.nextInt(8);
        if (random.nextInt(4) == 0) {
          store.commit(Transaction.of(new Write.DeleteDocument(NOTE, id)));
          model.remove(id);
          versions.remove(id);
        } else {
          Note note = note(prefix, "s" + random.nextInt(3), step);
          long version = versions.getOrDefault(id, 0L);
          store.commit(Transaction.of(put(id, version, note)));
          model.put(id, note);
          versions.put(id, version + 1);
        }
        String state = "s" + random.nextInt(3);
        assertThat(list(Query.childrenOf(prefix).inStates(Set.of(state))))
            .as("seed %d", seed)
            .extracting(Document::body)
            .containsExactlyElementsOf(
                model.values().stream().filter(n -> n.state().equals(state)).toList());
      }
    }
  }
}
