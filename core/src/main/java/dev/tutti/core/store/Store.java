package dev.tutti.core.store;

import dev.tutti.core.OwnerRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything durable but the blobs. There is one writer; transactions that wait for the disk at the
 * same time share one flush. Readers see a committed state, never a part of a transaction, and what
 * {@link #commit} returned from is seen by every read that begins later.
 *
 * <p>All methods may be called from any thread. They fail with {@link
 * dev.tutti.core.Failure.Unavailable} when the medium does not take it (disk full, closed).
 */
public interface Store extends AutoCloseable {

  /** How many entries of the journal {@link #newest} looks at: reading more would take long. */
  int LOOK_BACK = 100_000;

  /**
   * Reads one document.
   *
   * @throws UnreadableDocument when it is there and cannot be read
   */
  <T extends Record> Optional<Document<T>> find(DocumentKind<T> kind, String id);

  /**
   * Reads a page of documents in the order of their ids (by code point), and names those that
   * cannot be read.
   */
  <T extends Record> DocumentPage<T> page(DocumentKind<T> kind, Query query);

  /**
   * Reads all documents that a query names, page by page.
   *
   * @return those that cannot be read, for who would do harm without them
   */
  default <T extends Record> List<UnreadableDocument> each(
      DocumentKind<T> kind, Query query, Consumer<Document<T>> action) {
    List<UnreadableDocument> unreadable = new ArrayList<>();
    Optional<Query> next = Optional.of(query);
    while (next.isPresent()) {
      DocumentPage<T> page = page(kind, next.get());
      page.documents().forEach(action);
      unreadable.addAll(page.unreadable());
      next = page.next();
    }
    return unreadable;
  }

  /** Counts what {@link #page} would give without its limit. */
  long count(DocumentKind<?> kind, Query query);

  /**
   * Makes a transaction durable: when this returns, it survives a power loss.
   *
   * @return the number of the last journal entry written, or 0 when it had none
   * @throws VersionConflict when a document is at another version; nothing was written then
   */
  long commit(Transaction transaction);

  /**
   * Adds a transaction to the next group without waiting for the disk. For what may be done again
   * after a crash, such as forgetting a repeatable command. Order with later commits is kept.
   */
  void commitSoon(Transaction transaction);

  /**
   * Commands that wait, of the given kinds, in the order of their numbers, after the given number.
   */
  List<Command<?>> commands(List<CommandKind<?>> kinds, long after, int limit);

  /** The highest command number ever seen waiting in this store, so that numbering can go on. */
  long lastCommandNumber();

  /** All timers. */
  List<Timer> timers();

  /**
   * Journal entries with a number greater than the given one, of one owner when given, in order.
   */
  List<JournalEntry> journal(long after, Optional<OwnerRef> owner, int limit);

  /**
   * The newest entries of an owner, oldest first, looking back at most {@value #LOOK_BACK} entries
   * of all owners.
   *
   * @param subject only entries about this; empty text for all
   */
  default List<JournalEntry> newest(OwnerRef owner, String subject, int limit) {
    Deque<JournalEntry> found = new ArrayDeque<>();
    long after = Math.max(0, lastJournalNumber() - LOOK_BACK);
    List<JournalEntry> page;
    do {
      page = journal(after, Optional.of(owner), 1_000);
      for (JournalEntry entry : page) {
        after = entry.number();
        if (subject.isEmpty() || entry.subject().equals(subject)) {
          found.addLast(entry);
        }
        if (found.size() > limit) {
          found.removeFirst();
        }
      }
    } while (page.size() == 1_000);
    return List.copyOf(found);
  }

  /** Number of the first entry still kept; one more than the last when the journal is empty. */
  long firstJournalNumber();

  /** Number of the last entry written; 0 when there was never one. */
  long lastJournalNumber();

  /** What it can still take. Cheap: asked before each command. */
  default Space space() {
    return Space.enough();
  }

  @Override
  void close();
}
