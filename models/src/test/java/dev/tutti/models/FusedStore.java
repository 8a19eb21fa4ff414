package dev.tutti.models;

import dev.tutti.core.OwnerRef;
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
import java.util.List;
import java.util.Optional;

/** A store whose every commit is a position at which the process may end. */
final class FusedStore implements Store {

  private final Store store;
  private final Fuse fuse;

  FusedStore(Store store, Fuse fuse) {
    this.store = store;
    this.fuse = fuse;
  }

  @Override
  public <T extends Record> Optional<Document<T>> find(DocumentKind<T> kind, String id) {
    return fuse.alive(() -> store.find(kind, id));
  }

  @Override
  public <T extends Record> DocumentPage<T> page(DocumentKind<T> kind, Query query) {
    return fuse.alive(() -> store.page(kind, query));
  }

  @Override
  public long count(DocumentKind<?> kind, Query query) {
    return fuse.alive(() -> store.count(kind, query));
  }

  @Override
  public long commit(Transaction transaction) {
    return fuse.through(() -> store.commit(transaction));
  }

  @Override
  public void commitSoon(Transaction transaction) {
    fuse.through(() -> store.commitSoon(transaction));
  }

  @Override
  public List<Command<?>> commands(List<CommandKind<?>> kinds, long after, int limit) {
    return fuse.alive(() -> store.commands(kinds, after, limit));
  }

  @Override
  public long lastCommandNumber() {
    return store.lastCommandNumber();
  }

  @Override
  public List<Timer> timers() {
    return store.timers();
  }

  @Override
  public List<JournalEntry> journal(long after, Optional<OwnerRef> owner, int limit) {
    return fuse.alive(() -> store.journal(after, owner, limit));
  }

  @Override
  public long firstJournalNumber() {
    return store.firstJournalNumber();
  }

  @Override
  public long lastJournalNumber() {
    return store.lastJournalNumber();
  }

  @Override
  public void close() {}
}
