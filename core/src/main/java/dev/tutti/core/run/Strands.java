package dev.tutti.core.run;

import dev.tutti.core.Failure;
import dev.tutti.core.Message;
import dev.tutti.core.Metrics;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.Query;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The strands of all owners that have something to decide. Messages to one owner are decided in the
 * order in which they were told; an owner without messages holds no thread and no memory.
 */
public final class Strands {

  private static final Logger LOG = LoggerFactory.getLogger(Strands.class);
  private static final long ASK_SECONDS = 60;

  private final Engine engine;
  private final ConcurrentHashMap<OwnerRef, Strand> strands = new ConcurrentHashMap<>();
  private final Metrics.Counter messages;
  private volatile boolean closed;

  Strands(Engine engine) {
    this.engine = engine;
    this.messages =
        engine
            .metrics()
            .counter("tutti_messages_total", "Messages told to owners, by kind of owner.", "owner");
  }

  /** Tells an owner something. What it decides is durable later; a refusal is logged. */
  public void tell(OwnerRef owner, Message message) {
    tell(
        owner,
        message,
        new Receipt() {
          @Override
          public void decided(Optional<Object> reply) {}

          @Override
          public void refused(RuntimeException why) {
            LOG.warn(
                "{} refused {}: {}", owner, message.getClass().getSimpleName(), why.getMessage());
          }
        });
  }

  /** Tells an owner something and hears when that is durable. */
  public void tell(OwnerRef owner, Message message, Receipt receipt) {
    post(owner, new Inbox.Envelope(message, receipt, true, null, null));
  }

  /**
   * Asks an owner something and waits until its decision is durable.
   *
   * @throws Failure when it is refused, or when no answer came in time
   */
  public <R> R ask(OwnerRef owner, Message message, Class<R> reply) throws InterruptedException {
    CompletableFuture<Optional<Object>> answer = new CompletableFuture<>();
    post(
        owner,
        new Inbox.Envelope(
            message,
            new Receipt() {
              @Override
              public void decided(Optional<Object> given) {
                answer.complete(given);
              }

              @Override
              public void refused(RuntimeException why) {
                answer.completeExceptionally(why);
              }
            },
            false,
            Errand.current().orElse(null),
            Expectation.current().orElse(null)));
    Optional<Object> given = await(owner, answer);
    Expectation.current().ifPresent(Expectation::meet);
    return reply.cast(given.orElseThrow());
  }

  private static Optional<Object> await(OwnerRef owner, CompletableFuture<Optional<Object>> answer)
      throws InterruptedException {
    try {
      return answer.get(ASK_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException refused) {
      if (refused.getCause() instanceof RuntimeException why) {
        throw why;
      }
      throw new IllegalStateException(refused);
    } catch (TimeoutException late) {
      throw new Failure.OutcomeUnknown(
          "%s did not answer within %d s.".formatted(owner, ASK_SECONDS), late);
    }
  }

  private void post(OwnerRef owner, Inbox.Envelope envelope) {
    if (closed) {
      envelope.receipt().refused(shuttingDown());
      return;
    }
    messages.add(owner.kind(), 1);
    try {
      strands.compute(
          owner,
          (_, existing) -> {
            Strand strand = existing == null ? new Strand(engine, this, owner) : existing;
            strand.add(envelope);
            return strand;
          });
    } catch (RejectedExecutionException threadsEnded) {
      // It was closed since we looked. Who tells of something must not fail for that.
      envelope.receipt().refused(shuttingDown());
    }
  }

  private static Failure.Unavailable shuttingDown() {
    return new Failure.Unavailable("Tutti is shutting down.");
  }

  /**
   * Lets a quarantined owner decide on the failed message again.
   *
   * @param by who wants that, for the journal
   * @throws Failure.Rejected when the owner is not in quarantine
   */
  public void retry(OwnerRef owner, String by) {
    release(owner, false, by);
  }

  /**
   * Lets a quarantined owner go on without the failed message.
   *
   * @param by who wants that, for the journal
   * @throws Failure.Rejected when the owner is not in quarantine
   */
  public void skip(OwnerRef owner, String by) {
    release(owner, true, by);
  }

  private void release(OwnerRef owner, boolean skip, String by) {
    Strand strand = strands.get(owner);
    if (strand == null) {
      throw new Quarantine(engine, owner).none();
    }
    strand.release(skip, by);
  }

  /** What the strand of an owner is at. */
  public StrandStatus status(OwnerRef owner) {
    Strand strand = strands.get(owner);
    return strand == null ? StrandStatus.idle() : strand.status();
  }

  /** The owners that are in quarantine, in order. */
  public List<OwnerRef> stuck() {
    return strands.entrySet().stream()
        .filter(entry -> entry.getValue().isStuck())
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** Ends every quarantine: the messages went with the last process, and a restart is a retry. */
  void recover() {
    engine
        .store()
        .each(Stuck.KIND, Query.all(), stuck -> recover(stuck.id()))
        // What it said is of no use any more.
        .forEach(unreadable -> recover(unreadable.id()));
  }

  private void recover(String owner) {
    engine.store().commit(Transaction.of(new Write.DeleteDocument(Stuck.KIND, owner)));
    LOG.info("{} is out of quarantine after the restart", owner);
  }

  /** Lets a strand leave when it has nothing left; atomic against {@link #post}. */
  void retire(OwnerRef owner, Strand strand) {
    strands.computeIfPresent(
        owner, (_, current) -> current.equals(strand) && strand.idle() ? null : current);
  }

  int busy() {
    return strands.size();
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
  }
}
