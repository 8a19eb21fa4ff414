package dev.tutti.models.simulated;

import dev.tutti.core.Failure;
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
import dev.tutti.core.store.Write;
import dev.tutti.store.testkit.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A disk that survives the process, is slow or away at times, and loses what nobody waited for when
 * the process ends: of that, only a first part is there afterwards.
 */
final class SimulatedStore implements Store {

  private final Dice dice;
  private final VirtualTime time;
  private final Faults faults;
  private final Flaw flaw;
  private final Trace trace;
  private final Danger danger;
  private final Consumer<Transaction> durable;
  private final List<Transaction> history = new ArrayList<>();
  private final List<Transaction> soon = new ArrayList<>();
  private InMemoryStore kept = new InMemoryStore();

  SimulatedStore(Surroundings world, Danger danger, Consumer<Transaction> durable) {
    this.dice = world.dice();
    this.time = world.time();
    this.faults = world.faults();
    this.flaw = world.flaw();
    this.trace = world.trace();
    this.danger = danger;
    this.durable = durable;
  }

  @Override
  public long commit(Transaction transaction) {
    requireThere();
    danger.at("before commit");
    requireThere();
    if (dice.happens(faults.slow())) {
      time.leap(dice.between(1, 3_000));
    }
    flush();
    long number = apply(transaction);
    danger.at("after commit");
    return number;
  }

  @Override
  public void commitSoon(Transaction transaction) {
    requireThere();
    soon.add(transaction);
  }

  /** The group that nobody waited for reaches the disk. */
  void flush() {
    List<Transaction> group = List.copyOf(soon);
    soon.clear();
    group.forEach(this::apply);
  }

  /** The process ended: of what nobody waited for, a first part was written. */
  void crash() {
    int written = dice.between(0, soon.size());
    soon.subList(0, written).forEach(this::apply);
    soon.clear();
    if (flaw == Flaw.STORE_LOSES_LAST_COMMIT && !history.isEmpty()) {
      history.removeLast();
      kept = new InMemoryStore();
      history.forEach(kept::commit);
    }
  }

  private long apply(Transaction asked) {
    Transaction transaction = flawed(asked);
    asked.writes().forEach(this::trace);
    long number = kept.commit(transaction);
    if (flaw == Flaw.STORE_LOSES_LAST_COMMIT) {
      history.add(transaction);
    }
    durable.accept(asked);
    return number;
  }

  private void trace(Write write) {
    switch (write) {
      case Write.SetTimer(Timer timer) ->
          trace.add("timer " + timer.name() + " of " + timer.owner().id());
      case Write.CancelTimer(OwnerRef owner, String name) ->
          trace.add("no timer " + name + " of " + owner.id());
      case Write.AddCommand(Command<?> command) ->
          trace.add("command " + command.number() + " " + command.kind());
      case Write.PutDocument<?> _,
          Write.DeleteDocument _,
          Write.AppendJournal _,
          Write.MarkSent _,
          Write.ForgetCommand _ -> {}
    }
  }

  private Transaction flawed(Transaction asked) {
    return switch (flaw) {
      case STORE_LOSES_MARKS -> without(asked, Write.MarkSent.class);
      case STORE_LOSES_TIMERS -> without(asked, Write.SetTimer.class);
      case NONE,
          STORE_LOSES_LAST_COMMIT,
          LANE_EXECUTES_TWICE,
          ACKNOWLEDGED_BEFORE_COMMIT,
          ADMITS_TOO_MANY,
          BACKPLANE_STARTS_AGAIN ->
          asked;
    };
  }

  private static Transaction without(Transaction asked, Class<? extends Write> lost) {
    return new Transaction(asked.writes().stream().filter(w -> !lost.isInstance(w)).toList());
  }

  private void requireThere() {
    if (faults.storeAway()) {
      throw new Failure.Unavailable("the disk is away");
    }
  }

  private InMemoryStore reading() {
    requireThere();
    danger.at("read");
    return kept;
  }

  @Override
  public <T extends Record> Optional<Document<T>> find(DocumentKind<T> kind, String id) {
    return reading().find(kind, id);
  }

  @Override
  public <T extends Record> DocumentPage<T> page(DocumentKind<T> kind, Query query) {
    return reading().page(kind, query);
  }

  @Override
  public long count(DocumentKind<?> kind, Query query) {
    return reading().count(kind, query);
  }

  @Override
  public List<Command<?>> commands(List<CommandKind<?>> kinds, long after, int limit) {
    return reading().commands(kinds, after, limit);
  }

  @Override
  public long lastCommandNumber() {
    return reading().lastCommandNumber();
  }

  @Override
  public List<Timer> timers() {
    return reading().timers();
  }

  @Override
  public List<JournalEntry> journal(long after, Optional<OwnerRef> owner, int limit) {
    return reading().journal(after, owner, limit);
  }

  @Override
  public long firstJournalNumber() {
    return kept.firstJournalNumber();
  }

  @Override
  public long lastJournalNumber() {
    return kept.lastJournalNumber();
  }

  @Override
  public void close() {}
}
