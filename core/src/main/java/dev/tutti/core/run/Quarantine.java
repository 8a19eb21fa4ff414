package dev.tutti.core.run;

import dev.tutti.core.Failure;
import dev.tutti.core.Message;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.Problem;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The durable side of an owner's quarantine: its {@link Stuck} document and the journal. */
final class Quarantine {

  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

  private final Engine engine;
  private final OwnerRef owner;

  Quarantine(Engine engine, OwnerRef owner) {
    this.engine = engine;
    this.owner = owner;
  }

  /** Records that it began. That this cannot be written must not end it. */
  void begin(String message, RuntimeException failure) {
    Instant now = engine.clock().instant();
    Stuck record = new Stuck(owner.kind(), owner.id(), message, String.valueOf(failure), now);
    String sentence =
        "%s decides nothing until retry or skip: %s failed: %s".formatted(owner, message, failure);
    try {
      long version =
          engine.store().find(Stuck.KIND, owner.toString()).map(d -> d.version()).orElse(0L);
      engine.commit(
          Transaction.of(
              new Write.PutDocument<>(Stuck.KIND, owner.toString(), version, record, now),
              entry(now, "owner.stuck", sentence, Map.of("message", message))));
    } catch (RuntimeException unrecorded) {
      LOG.error("the quarantine of {} could not be recorded", owner, unrecorded);
    }
  }

  /**
   * Makes its end durable. A timer that is skipped is cancelled: it would come again with the next
   * start, and park the owner again.
   */
  void end(boolean skip, Optional<Message> skipped, String by) {
    Instant now = engine.clock().instant();
    String what =
        skipped
            .map(m -> m.getClass().getSimpleName())
            .or(() ->
                engine.store().find(Stuck.KIND, owner.toString()).map(d -> d.body().message()))
            .orElse("a message");
    String sentence =
        (skip
                ? "%s goes on without %s, as %s wants it."
                : "%s decides on %s again, as %s wants it.")
            .formatted(owner, what, by);
    List<Write> writes = new ArrayList<>();
    writes.add(new Write.DeleteDocument(Stuck.KIND, owner.toString()));
    writes.add(
        entry(
            now,
            skip ? "owner.skipped" : "owner.retried",
            sentence,
            Map.of("message", what, "by", by)));
    Optional<TimerFired> timer =
        skipped.filter(TimerFired.class::isInstance).map(TimerFired.class::cast);
    timer.ifPresent(fired -> writes.add(new Write.CancelTimer(owner, fired.name())));
    engine.commit(new Transaction(writes));
    timer.ifPresent(fired -> engine.timers().cancel(owner, fired.name()));
  }

  private Write entry(Instant now, String type, String sentence, Map<String, Object> data) {
    return new Write.AppendJournal(
        new JournalEntry(0, now, owner, type, owner.id(), sentence, data));
  }

  /** What who cannot wait hears meanwhile. */
  Failure.Rejected refusal() {
    return new Failure.Rejected(
        Problem.of("owner-stuck", 409, "%s is in quarantine.".formatted(owner))
            .suggesting(
                "`tutti owner ls` says why; `tutti owner retry %s` decides on the message that failed again, `skip` goes on without it."
                    .formatted(owner)));
  }

  /** What the sender of the message that was skipped hears. */
  Failure.Rejected skipped() {
    return new Failure.Rejected(
        Problem.of("message-skipped", 409, "%s was told to go on without it.".formatted(owner)));
  }

  /** What who wants to end it hears when there is none. */
  Failure.Rejected none() {
    return new Failure.Rejected(
        Problem.of("not-stuck", 409, "%s is not in quarantine.".formatted(owner))
            .suggesting("`tutti owner ls` lists those that are."));
  }
}
