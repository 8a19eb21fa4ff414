package dev.tutti.core.run;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.Command;
import dev.tutti.core.store.Delivery;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Query;
import dev.tutti.core.store.Store;
import dev.tutti.core.store.Timer;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects decisions of one owner until they are committed together, and lets later decisions read
 * what earlier ones wrote. Used by one thread.
 */
final class UnitOfWork implements Facts {

  private record Key(String kind, String id) {}

  /** A document as read or changed here; a null body is one that is not there. */
  private record Entry(
      DocumentKind<?> kind,
      String id,
      long storedVersion,
      @Nullable Record body,
      boolean changed) {}

  /** The order of ids in a store; that of {@code String} differs beyond the first plane. */
  private static final Comparator<String> BY_CODE_POINT =
      (one, other) ->
          Arrays.compareUnsigned(
              one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

  private final Store store;
  private final OwnerRef owner;
  private final LongSupplier commandNumbers;
  private final Map<Key, Entry> entries = new LinkedHashMap<>();
  private final List<Write> others = new ArrayList<>();
  private final List<Command<?>> commands = new ArrayList<>();
  private final Map<String, Optional<Instant>> timers = new LinkedHashMap<>();
  private int changedDocuments;

  UnitOfWork(Store store, OwnerRef owner, LongSupplier commandNumbers) {
    this.store = store;
    this.owner = owner;
    this.commandNumbers = commandNumbers;
  }

  @Override
  public <T extends Record> Optional<T> find(DocumentKind<T> kind, String id) {
    return Optional.ofNullable(kind.type().cast(entry(kind, id).body()));
  }

  @Override
  public <T extends Record> List<T> children(
      DocumentKind<T> kind, String parent, Set<String> states, String after, int limit) {
    // A change here can push at most one stored document out of the page, so this many are enough.
    int enough = Math.min(Query.MAX_LIMIT, limit + changedDocuments);
    TreeMap<String, T> page = new TreeMap<>(BY_CODE_POINT);
    List<Document<T>> stored =
        store.page(kind, new Query(parent, states, after, enough)).complete();
    for (Document<T> document : stored) {
      page.put(document.id(), document.body());
    }
    for (Entry entry : entries.values()) {
      if (entry.changed() && entry.kind().name().equals(kind.name())) {
        page.remove(entry.id());
        T body = kind.type().cast(entry.body());
        if (body != null
            && matches(kind, body, parent, states)
            && BY_CODE_POINT.compare(entry.id(), after) > 0) {
          page.put(entry.id(), body);
        }
      }
    }
    return page.values().stream().limit(limit).toList();
  }

  private static <T extends Record> boolean matches(
      DocumentKind<T> kind, T body, String parent, Set<String> states) {
    Attributes attributes = kind.index().apply(body);
    return attributes.parent().equals(parent)
        && (states.isEmpty() || states.contains(attributes.state()));
  }

  private <T extends Record> Entry entry(DocumentKind<T> kind, String id) {
    Key key = new Key(kind.name(), id);
    Entry known = entries.get(key);
    if (known != null) {
      return known;
    }
    Optional<Document<T>> stored = store.find(kind, id);
    Entry read =
        new Entry(
            kind,
            id,
            stored.map(Document::version).orElse(0L),
            stored.map(Document::body).orElse(null),
            false);
    entries.put(key, read);
    return read;
  }

  /** The version that a document has after what was decided here; 0 when it is not there. */
  long version(DocumentKind<?> kind, String id) {
    Entry entry = entry(kind, id);
    if (entry.body() == null) {
      return 0;
    }
    return entry.changed() ? entry.storedVersion() + 1 : entry.storedVersion();
  }

  /** Adds a decision; the journal gets the instant that was decided with. */
  void add(Decision decision, Instant now) {
    for (Decision.Effect effect : decision.effects()) {
      switch (effect) {
        case Decision.Effect.Put<?>(DocumentKind<?> kind, String id, Record body) ->
            change(kind, id, body);
        case Decision.Effect.Delete(DocumentKind<?> kind, String id) -> change(kind, id, null);
        case Decision.Effect.Journal(
                String type,
                String subject,
                String message,
                Map<String, Object> data) ->
            others.add(
                new Write.AppendJournal(
                    new JournalEntry(
                        0,
                        now,
                        owner,
                        type,
                        subject.isEmpty() ? owner.id() : subject,
                        message,
                        data)));
        case Decision.Effect.Do<?> wanted -> {
          Command<?> command = numbered(wanted);
          if (command.kind().delivery() != Delivery.NOT_KEPT) {
            others.add(new Write.AddCommand(command));
          }
        }
        case Decision.Effect.SetTimer(String name, Instant due) ->
            timers.put(name, Optional.of(due));
        case Decision.Effect.CancelTimer(String name) -> timers.put(name, Optional.empty());
        case Decision.Effect.FreePlace _ -> {}
      }
    }
  }

  private <T extends Record> Command<T> numbered(Decision.Effect.Do<T> effect) {
    Command<T> command =
        new Command<>(
            commandNumbers.getAsLong(), effect.kind(), owner, effect.lane(), effect.body(), false);
    commands.add(command);
    return command;
  }

  private void change(DocumentKind<?> kind, String id, @Nullable Record body) {
    Entry before = entry(kind, id);
    if (!before.changed()) {
      changedDocuments++;
    }
    entries.put(new Key(kind.name(), id), new Entry(kind, id, before.storedVersion(), body, true));
  }

  /** How many writes a commit would have now; commands that are not kept are none. */
  int size() {
    return changedDocuments + others.size() + timers.size();
  }

  boolean isEmpty() {
    return size() == 0;
  }

  Transaction transaction(Instant now) {
    List<Write> writes = new ArrayList<>(size());
    for (Entry entry : entries.values()) {
      if (entry.changed()) {
        write(entry, now).ifPresent(writes::add);
      }
    }
    writes.addAll(others);
    timers.forEach((name, due) ->
        writes.add(
            due.isPresent()
                ? new Write.SetTimer(new Timer(owner, name, due.get()))
                : new Write.CancelTimer(owner, name)));
    return new Transaction(writes);
  }

  private static Optional<Write> write(Entry entry, Instant now) {
    Record body = entry.body();
    if (body != null) {
      return Optional.of(put(entry.kind(), entry, body, now));
    }
    return entry.storedVersion() == 0
        ? Optional.empty()
        : Optional.of(new Write.DeleteDocument(entry.kind(), entry.id()));
  }

  private static <T extends Record> Write put(
      DocumentKind<T> kind, Entry entry, Record body, Instant now) {
    return new Write.PutDocument<>(
        kind, entry.id(), entry.storedVersion(), kind.type().cast(body), now);
  }

  List<Command<?>> commands() {
    return commands;
  }

  /** Timers that were set (with their instant) or cancelled (empty), by name. */
  Map<String, Optional<Instant>> timers() {
    return timers;
  }
}
