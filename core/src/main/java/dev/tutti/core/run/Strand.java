package dev.tutti.core.run;

import dev.tutti.core.Failure;
import dev.tutti.core.Message;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.Timer;
import dev.tutti.core.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of one owner, decided one after another on one thread at a time. What waits is
 * decided and committed together, up to {@value #BATCH} messages or the size of a transaction.
 */
final class Strand {

  /**
   * @param patient whether the sender can wait until the store takes writes again
   * @param errand the request on whose behalf it was sent; null for none
   * @param expectation what has to be true when it is decided; null for nothing
   */
  record Envelope(
      Message message,
      Receipt receipt,
      boolean patient,
      @Nullable Errand errand,
      @Nullable Expectation expectation) {}

  private record Decided(Envelope envelope, Decision decision) {}

  private static final Logger LOG = LoggerFactory.getLogger(Strand.class);
  private static final int BATCH = 256;
  private static final int ATTEMPTS = 3;
  private static final int MAX_WAITING_WHILE_STUCK = 10_000;
  private static final Duration STORE_PAUSE = Duration.ofMillis(500);

  private final Engine engine;
  private final Strands strands;
  private final OwnerRef owner;
  private final Quarantine quarantine;
  // Guards the inbox and the two flags.
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Envelope> inbox = new ArrayDeque<>();
  private boolean working;
  private boolean stuck;
  // Whether the message that failed is still the first of the inbox: one whose sender could not
  // wait is not.
  private boolean failedFirst;
  private Optional<Failure.Unavailable> storeTrouble = Optional.empty();
  private Instant storeSince = Instant.EPOCH;

  Strand(Engine engine, Strands strands, OwnerRef owner) {
    this.engine = engine;
    this.strands = strands;
    this.owner = owner;
    this.quarantine = new Quarantine(engine, owner);
  }

  void add(Envelope envelope) {
    lock.lock();
    try {
      if (stuck && (!envelope.patient() || inbox.size() >= MAX_WAITING_WHILE_STUCK)) {
        envelope.receipt().refused(quarantine.refusal());
        return;
      }
      inbox.addLast(envelope);
      begin();
    } finally {
      lock.unlock();
    }
  }

  private void begin() {
    if (!working && !stuck) {
      working = true;
      engine.executor().execute(this::work);
    }
  }

  boolean idle() {
    lock.lock();
    try {
      return inbox.isEmpty() && !working && !stuck;
    } finally {
      lock.unlock();
    }
  }

  boolean isStuck() {
    lock.lock();
    try {
      return stuck;
    } finally {
      lock.unlock();
    }
  }

  StrandStatus status() {
    lock.lock();
    try {
      return new StrandStatus(
          inbox.size(),
          stuck,
          storeTrouble.map(Failure.Unavailable::getMessage),
          storeTrouble.map(_ -> storeSince));
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    while (true) {
      List<Envelope> batch = take();
      if (batch.isEmpty()) {
        strands.retire(owner, this);
        return;
      }
      if (!decideAll(batch)) {
        return;
      }
      storeTakesWrites();
    }
  }

  /** What waits, up to a batch; when nothing does, this strand no longer works. */
  private List<Envelope> take() {
    lock.lock();
    try {
      List<Envelope> batch = new ArrayList<>();
      while (!stuck && !strands.isClosed() && batch.size() < BATCH && !inbox.isEmpty()) {
        batch.add(inbox.removeFirst());
      }
      working = !batch.isEmpty();
      return batch;
    } finally {
      lock.unlock();
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

  private void storeTakesWrites() {
    lock.lock();
    try {
      storeTrouble = Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** The store takes nothing now: those who can wait, wait; the others hear it. */
  private void pause(List<Envelope> envelopes, Failure.Unavailable unavailable) {
    LOG.warn("{} waits for the store: {}", owner, unavailable.getMessage());
    lock.lock();
    try {
      if (storeTrouble.isEmpty()) {
        storeSince = engine.clock().instant();
      }
      storeTrouble = Optional.of(unavailable);
      for (int i = envelopes.size() - 1; i >= 0; i--) {
        Envelope envelope = envelopes.get(i);
        if (envelope.patient()) {
          inbox.addFirst(envelope);
        } else {
          envelope.receipt().refused(unavailable);
        }
      }
    } finally {
      lock.unlock();
    }
    engine.alarms().at(engine.clock().instant().plus(STORE_PAUSE), this::work);
  }

  /** Recorded first: whoever sees that it is stuck finds the record of why. */
  private void quarantine(List<Envelope> envelopes, RuntimeException failure) {
    Envelope failed = envelopes.getFirst();
    String message = failed.message().getClass().getSimpleName();
    LOG.error("{} is stuck: {} failed {} times", owner, message, ATTEMPTS, failure);
    quarantine.begin(message, failure);
    for (Envelope impatient : park(envelopes)) {
      impatient.receipt().refused(quarantine.refusal());
    }
  }

  /** Keeps what can wait, in order, and gives back what cannot. */
  private List<Envelope> park(List<Envelope> envelopes) {
    lock.lock();
    try {
      List<Envelope> all = new ArrayList<>(envelopes);
      all.addAll(inbox);
      inbox.clear();
      all.stream().filter(Envelope::patient).forEach(inbox::addLast);
      stuck = true;
      failedFirst = envelopes.getFirst().patient();
      working = false;
      storeTrouble = Optional.empty();
      return all.stream().filter(envelope -> !envelope.patient()).toList();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the quarantine, with or without the message that caused it.
   *
   * @param by who wants that, for the journal
   * @throws Failure.Rejected when the owner is not in quarantine (any more)
   */
  void release(boolean skip, String by) {
    Optional<Envelope> skipped = takeRelease(skip);
    try {
      quarantine.end(skip, skipped.map(Envelope::message), by);
    } catch (RuntimeException notWritten) {
      settle(() -> {
        stuck = true;
        skipped.ifPresent(inbox::addFirst);
      });
      throw notWritten;
    }
    settle(() -> failedFirst = false);
    skipped.ifPresent(envelope -> envelope.receipt().refused(quarantine.skipped()));
  }

  /** Whoever comes first; {@code working} keeps others from it until the end is durable. */
  private Optional<Envelope> takeRelease(boolean skip) {
    lock.lock();
    try {
      if (!stuck) {
        throw quarantine.none();
      }
      stuck = false;
      working = true;
      return skip && failedFirst ? Optional.ofNullable(inbox.pollFirst()) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private void settle(Runnable outcome) {
    lock.lock();
    try {
      outcome.run();
      working = false;
      begin();
    } finally {
      lock.unlock();
    }
  }
}
