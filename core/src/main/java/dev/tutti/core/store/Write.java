package dev.tutti.core.store;

import dev.tutti.core.OwnerRef;
import java.time.Instant;

/** One change within a {@link Transaction}. */
public sealed interface Write {

  /**
   * Creates or replaces a document.
   *
   * @param expectedVersion version that must be there, 0 for a new document; another one fails the
   *     transaction with {@link VersionConflict}
   */
  record PutDocument<T extends Record>(
      DocumentKind<T> kind, String id, long expectedVersion, T body, Instant now)
      implements Write {}

  /** Deletes a document; one that is not there is no error. */
  record DeleteDocument(DocumentKind<?> kind, String id) implements Write {}

  /** Appends to the journal; the number is given by the store. */
  record AppendJournal(JournalEntry entry) implements Write {}

  /** Adds a command that is to be executed. */
  record AddCommand(Command<?> command) implements Write {}

  /** Marks a command that must never be sent twice, before it is sent. */
  record MarkSent(long commandNumber) implements Write {}

  /** Deletes a command that has been executed; one that is not there is no error. */
  record ForgetCommand(long commandNumber) implements Write {}

  /** Sets or replaces a timer. */
  record SetTimer(Timer timer) implements Write {}

  /** Deletes a timer; one that is not there is no error. */
  record CancelTimer(OwnerRef owner, String name) implements Write {}
}
