package dev.tutti.store.testkit;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.Command;
import dev.tutti.core.store.CommandKind;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.DocumentPage;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Query;
import dev.tutti.core.store.Store;
import dev.tutti.core.store.Timer;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.VersionConflict;
import dev.tutti.core.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store that forgets everything with the process, for fast tests; passes {@link StoreContract}.
 */
public final class InMemoryStore implements Store {

  private record Stored(
      DocumentKind<?> kind,
      long version,
      Instant created,
      Instant updated,
      Attributes attributes,
      Record body) {}

  private record TimerKey(OwnerRef owner, String name) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, NavigableMap<String, Stored>> documents = new HashMap<>();
  private final NavigableMap<Long, Command<?>> commands = new TreeMap<>();
  private final Map<TimerKey, Timer> timers = new HashMap<>();
  private final List<JournalEntry> journal = new ArrayList<>();

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  private NavigableMap<String, Stored> ofKind(String kind) {
    return documents.computeIfAbsent(kind, _ -> new TreeMap<>());
  }

  @Override
  public <T extends Record> Optional<Document<T>> find(DocumentKind<T> kind, String id) {
    return locked(
        () -> Optional.ofNullable(ofKind(kind.name()).get(id)).map(s -> document(kind, id, s)));
  }

  private static <T extends Record> Document<T> document(
      DocumentKind<T> kind, String id, Stored stored) {
    return new Document<>(
        kind,
        id,
        stored.version(),
        stored.created(),
        stored.updated(),
        kind.type().cast(stored.body()));
  }

  @Override
  public <T extends Record> DocumentPage<T> page(DocumentKind<T> kind, Query query) {
    return locked(() ->
        DocumentPage.of(
            query,
            matching(kind, query)
                .limit(query.limit())
                .map(e -> document(kind, e.getKey(), e.getValue()))
                .toList()));
  }

  @Override
  public long count(DocumentKind<?> kind, Query query) {
    return locked(() -> matching(kind, query).count());
  }

  private Stream<Map.Entry<String, Stored>> matching(DocumentKind<?> kind, Query query) {
    return ofKind(kind.name()).tailMap(query.after(), false).entrySet().stream()
        .filter(e -> matches(e.getValue().attributes(), query));
  }

  private static boolean matches(Attributes attributes, Query query) {
    return (query.parent().isEmpty() || attributes.parent().equals(query.parent()))
        && (query.states().isEmpty() || query.states().contains(attributes.state()));
  }

  @Override
  public long commit(Transaction transaction) {
    return locked(() -> {
      transaction.writes().forEach(this::requireVersion);
      long before = journal.size();
      transaction.writes().forEach(this::apply);
      return journal.size() == before ? 0L : journal.size();
    });
  }

  @Override
  public void commitSoon(Transaction transaction) {
    commit(transaction);
  }

  private void requireVersion(Write write) {
    if (write instanceof Write.PutDocument<?> put) {
      @Nullable Stored stored = ofKind(put.kind().name()).get(put.id());
      long version = stored == null ? 0 : stored.version();
      if (version != put.expectedVersion()) {
        throw new VersionConflict(put.kind().name(), put.id(), put.expectedVersion());
      }
    }
  }

  private void apply(Write write) {
    switch (write) {
      case Write.PutDocument<?> put -> put(put);
      case Write.DeleteDocument(DocumentKind<?> kind, String id) -> ofKind(kind.name()).remove(id);
      case Write.AppendJournal(JournalEntry entry) ->
          journal.add(entry.numbered(journal.size() + 1L));
      case Write.AddCommand(Command<?> command) -> commands.put(command.number(), command);
      case Write.MarkSent(long number) -> commands.computeIfPresent(number, (_, c) -> sent(c));
      case Write.ForgetCommand(long number) -> commands.remove(number);
      case Write.SetTimer(Timer timer) ->
          timers.put(new TimerKey(timer.owner(), timer.name()), timer);
      case Write.CancelTimer(OwnerRef owner, String name) ->
          timers.remove(new TimerKey(owner, name));
    }
  }

  private <T extends Record> void put(Write.PutDocument<T> put) {
    Attributes attributes = put.kind().index().apply(put.body());
    ofKind(put.kind().name())
        .merge(
            put.id(),
            new Stored(put.kind(), 1, put.now(), put.now(), attributes, put.body()),
            (old, _) ->
                new Stored(
                    put.kind(),
                    old.version() + 1,
                    old.created(),
                    put.now(),
                    attributes,
                    put.body()));
  }

  private static <T extends Record> Command<T> sent(Command<T> command) {
    return new Command<>(
        command.number(), command.kind(), command.owner(), command.lane(), command.body(), true);
  }

  @Override
  public List<Command<?>> commands(List<CommandKind<?>> kinds, long after, int limit) {
    return locked(() ->
        commands.tailMap(after, false).values().stream()
            .filter(c -> kinds.contains(c.kind()))
            .limit(limit)
            .<Command<?>>map(c -> c)
            .toList());
  }

  @Override
  public long lastCommandNumber() {
    return locked(() -> commands.isEmpty() ? 0L : commands.lastKey());
  }

  @Override
  public List<Timer> timers() {
    return locked(() -> List.copyOf(timers.values()));
  }

  @Override
  public List<JournalEntry> journal(long after, Optional<OwnerRef> owner, int limit) {
    return locked(() ->
        journal.stream()
            .skip(after)
            .filter(e -> owner.isEmpty() || owner.get().equals(e.owner()))
            .limit(limit)
            .toList());
  }

  @Override
  public long firstJournalNumber() {
    return 1;
  }

  @Override
  public long lastJournalNumber() {
    return locked(() -> (long) journal.size());
  }

  @Override
  public void close() {}
}
