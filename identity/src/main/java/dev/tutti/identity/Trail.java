package dev.tutti.identity;

import dev.tutti.core.Failure;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.Problem;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.VersionConflict;
import dev.tutti.core.store.Write;
import java.time.Instant;
import java.util.Map;

/** Writes what becomes of users and tokens, together with what the journal says about it. */
final class Trail {

  private static final OwnerRef OWNER = new OwnerRef("identity", "users");

  private final Engine engine;

  Trail(Engine engine) {
    this.engine = engine;
  }

  Instant now() {
    return engine.clock().instant();
  }

  /**
   * Makes a change durable.
   *
   * @throws Failure.Rejected when somebody else changed the same just now
   */
  void commit(Write change, String type, String subject, String sentence) {
    try {
      engine.commit(Transaction.of(change, entry(type, subject, sentence)));
    } catch (VersionConflict another) {
      throw new Failure.Rejected(
          Problem.of(
                  "changed-meanwhile",
                  409,
                  "Somebody else changed '%s' just now.".formatted(subject))
              .suggesting("Look at it, then try again."));
    }
  }

  /** Notes something that changes nothing. */
  void note(String type, String subject, String sentence) {
    engine.commit(Transaction.of(entry(type, subject, sentence)));
  }

  private Write entry(String type, String subject, String sentence) {
    return new Write.AppendJournal(
        new JournalEntry(0, now(), OWNER, type, subject, sentence, Map.of()));
  }
}
