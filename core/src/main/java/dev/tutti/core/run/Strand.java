package dev.tutti.core.run;

import dev.tutti.core.Failure;
import dev.tutti.core.Message;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.run.Inbox.Envelope;
import dev.tutti.core.store.Timer;
import dev.tutti.core.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of one owner, decided one after another on one thread at a time. What waits is
 * decided and committed together, up to {@value #BATCH} messages or the size of a transaction.
 */
final class Strand {

  private record Decided(Envelope envelope, Decision decision) {}

  private static final Logger LOG = LoggerFactory.getLogger(Strand.class);
  private static final int BATCH = 256;
  private static final int ATTEMPTS = 3;
  private static final Duration STORE_PAUSE = Duration.ofMillis(500);

  private final Engine engine;
  private final Strands strands;
  private final OwnerRef owner;
  private final Quarantine quarantine;
  private final Inbox inbox = new Inbox(this::begin);

  Strand(Engine engine, Strands strands, OwnerRef owner) {
    this.engine = engine;
    this.strands = strands;
    this.owner = owner;
    this.quarantine = new Quarantine(engine, owner);
  }

  void add(Envelope envelope) {
    if (!inbox.add(envelope)) {
      envelope.receipt().refused(quarantine.refusal());
    }
  }

  private void begin() {
    engine.executor().execute(this::work);
  }

  boolean idle() {
    return inbox.idle();
  }

  boolean isStuck() {
    return inbox.isStuck();
  }

  StrandStatus status() {
    return inbox.status();
  }

  private void work() {
    while (true) {
      List<Envelope> batch = inbox.take(strands.isClosed() ? 0 : BATCH);
      if (batch.isEmpty()) {
        strands.retire(owner, this);
        return;
      }
      if (!decideAll(batch)) {
        return;
      }
      inbox.storeTakesWrites();
    }
  }

  /**
   * Whether to go on; if not, the strand is paused or stuck and what is left waits in the inbox.
   */
  private boolean decideAll(List<Envelope> batch) {
    List<Decided> decided = new ArrayList<>(batch.size());
    int next = 0;
    try {
      UnitOfWork work = newWork();
      Instant now = engine.clock().instant();
      for (; next < batch.size(); next++) {
        Envelope envelope = batch.get(next);
        Optional<Decision> decision = decideOrRefuse(envelope, work, now);
        if (decision.isEmpty()) {
          continue;
        }
        if (work.size() + decision.get().effects().size() > Transaction.MAX_WRITES) {
          commit(work, decided, now);
          decided.clear();
          work = newWork();
        }
        work.add(decision.get(), now);
        decided.add(new Decided(envelope, decision.get()));
      }
      commit(work, decided, now);
      return true;
    } catch (RuntimeException failure) {
      List<Envelope> undecided = new ArrayList<>();
      decided.forEach(d -> undecided.add(d.envelope()));
      undecided.addAll(batch.subList(next, batch.size()));
      if (failure instanceof Failure.Unavailable unavailable) {
        pause(undecided, unavailable);
        return false;
      }
      LOG.debug("{} could not decide on {} messages together", owner, undecided.size(), failure);
      return decideOneByOne(undecided);
    }
  }

  /** The decision; empty when the message was refused, which its sender has been told then. */
  private Optional<Decision> decideOrRefuse(Envelope envelope, UnitOfWork work, Instant now) {
    try {
      Expectation expectation = envelope.expectation();
      if (expectation != null) {
        expectation.require(work);
      }
      Decision decision = decide(envelope.message(), work, now);
      Errand errand = envelope.errand();
      return Optional.of(errand == null ? decision : errand.marking(decision, work, now));
    } catch (Failure.Unavailable unavailable) {
      throw unavailable;
    } catch (Failure refusal) {
      envelope.receipt().refused(refusal);
      return Optional.empty();
    }
  }

  private UnitOfWork newWork() {
    return new UnitOfWork(engine.store(), owner, engine::nextCommandNumber);
  }

  private Decision decide(Message message, UnitOfWork work, Instant now) {
    OwnerBehaviour behaviour =
        engine
            .behaviour(owner.kind())
            .orElseThrow(() -> new IllegalStateException("nobody decides for " + owner));
    if (message instanceof TimerFired fired) {
      return timerFired(behaviour, fired, work, now);
    }
    return behaviour.decide(owner, work, message, now);
  }

  private Decision timerFired(
      OwnerBehaviour behaviour, TimerFired fired, UnitOfWork work, Instant now) {
    boolean changed = work.timers().containsKey(fired.name());
    if (changed || !engine.timers().isCurrent(owner, fired)) {
      return Decision.nothing();
    }
    Decision decision = behaviour.decide(owner, work, fired, now);
    List<Decision.Effect> effects = new ArrayList<>();
    effects.add(new Decision.Effect.CancelTimer(fired.name()));
    effects.addAll(decision.effects());
    return new Decision(effects, decision.reply().orElse(null));
  }

  private void commit(UnitOfWork work, List<Decided> decided, Instant now) {
    if (!work.isEmpty()) {
      engine
          .timers()
          .change(() -> {
            engine.commit(work.transaction(now));
            work.timers()
                .forEach((name, due) ->
                    due.ifPresentOrElse(
                        at -> engine.timers().set(new Timer(owner, name, at)),
                        () -> engine.timers().cancel(owner, name)));
          });
    }
    // Outside: commands that are not kept need no write.
    engine.lanes().submit(work.commands());
    for (Decided done : decided) {
      for (Decision.Effect effect : done.decision().effects()) {
        if (effect instanceof Decision.Effect.FreePlace(String group)) {
          engine.freed(group);
        }
      }
      tell(done);
    }
  }

  /** What is durable is not decided again because somebody cannot hear of it. */
  private void tell(Decided done) {
    try {
      done.envelope().receipt().decided(done.decision().reply());
    } catch (RuntimeException unheard) {
      LOG.warn(
          "{}: who sent {} did not hear that it is durable",
          owner,
          done.envelope().message().getClass().getSimpleName(),
          unheard);
    }
  }

  private boolean decideOneByOne(List<Envelope> envelopes) {
    for (int i = 0; i < envelopes.size(); i++) {
      Optional<RuntimeException> failure = decideAlone(envelopes.get(i));
      if (failure.isEmpty()) {
        continue;
      }
      List<Envelope> rest = envelopes.subList(i, envelopes.size());
      if (failure.get() instanceof Failure.Unavailable unavailable) {
        pause(rest, unavailable);
      } else {
        quarantine(rest, failure.get());
      }
      return false;
    }
    return true;
  }

  private Optional<RuntimeException> decideAlone(Envelope envelope) {
    RuntimeException last = new IllegalStateException("not tried");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        Instant now = engine.clock().instant();
        UnitOfWork work = newWork();
        Optional<Decision> decision = decideOrRefuse(envelope, work, now);
        if (decision.isPresent()) {
          work.add(decision.get(), now);
          commit(work, List.of(new Decided(envelope, decision.get())), now);
        }
        return Optional.empty();
      } catch (Failure.Unavailable unavailable) {
        return Optional.of(unavailable);
      } catch (RuntimeException failure) {
        last = failure;
      }
    }
    return Optional.of(last);
  }

  /** The store takes nothing now: those who can wait, wait; the others hear it. */
  private void pause(List<Envelope> envelopes, Failure.Unavailable unavailable) {
    LOG.warn("{} waits for the store: {}", owner, unavailable.getMessage());
    Instant now = engine.clock().instant();
    for (Envelope impatient : inbox.takeBack(envelopes, unavailable, now)) {
      impatient.receipt().refused(unavailable);
    }
    engine.alarms().at(now.plus(STORE_PAUSE), this::work);
  }

  /** Recorded first: whoever sees that it is stuck finds the record of why. */
  private void quarantine(List<Envelope> envelopes, RuntimeException failure) {
    Envelope failed = envelopes.getFirst();
    String message = failed.message().getClass().getSimpleName();
    LOG.error("{} is stuck: {} failed {} times", owner, message, ATTEMPTS, failure);
    quarantine.begin(message, failure);
    for (Envelope impatient : inbox.park(envelopes)) {
      impatient.receipt().refused(quarantine.refusal());
    }
  }

  /**
   * Ends the quarantine, with or without the message that caused it.
   *
   * @param by who wants that, for the journal
   * @throws Failure.Rejected when the owner is not in quarantine (any more)
   */
  void release(boolean skip, String by) {
    if (!inbox.release()) {
      throw quarantine.none();
    }
    Optional<Envelope> skipped = skip ? inbox.takeFailed() : Optional.empty();
    try {
      quarantine.end(skip, skipped.map(Envelope::message), by);
    } catch (RuntimeException notWritten) {
      inbox.parkAgain(skipped);
      throw notWritten;
    }
    inbox.goOn();
    skipped.ifPresent(envelope -> envelope.receipt().refused(quarantine.skipped()));
  }
}
