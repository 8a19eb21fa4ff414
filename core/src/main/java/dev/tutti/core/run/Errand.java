package dev.tutti.core.run;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.SecretMap;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.Store;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import dev.tutti.core.surface.OnceOnly;
import dev.tutti.core.surface.OnceOnly.Made;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The request on whose behalf a thread asks owners or commits something. Whatever is written for it
 * remembers its key in the same transaction.
 */
final class Errand {

  /** Bound by {@link Errands} around the handler of a request, and read where messages begin. */
  static final ScopedValue<Errand> CURRENT = ScopedValue.newInstance();

  private final String id;
  private final OnceOnly.Key key;

  /** Whether something that is remembered under the key is this errand's own. */
  private final AtomicBoolean ours;

  /**
   * An errand that begins.
   *
   * @param id of the {@link KeptRequest}
   * @param known whether an earlier sending had an effect
   */
  Errand(String id, OnceOnly.Key key, boolean known) {
    this.id = id;
    this.key = key;
    this.ours = new AtomicBoolean(known);
  }

  String id() {
    return id;
  }

  OnceOnly.Key key() {
    return key;
  }

  static Optional<Errand> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  KeptRequest fresh(Instant now) {
    return new KeptRequest(
        key.caller(),
        key.request(),
        key.fingerprint(),
        now,
        List.of(),
        0,
        "",
        List.of(),
        SecretMap.of(Map.of()));
  }

  /** The decision, remembering the key when it has any effect. */
  Decision marking(Decision decision, Facts facts, Instant now) {
    if (decision.effects().isEmpty()) {
      return decision;
    }
    List<Made> made = new ArrayList<>();
    for (Decision.Effect effect : decision.effects()) {
      if (effect instanceof Decision.Effect.Put<?>(var kind, String put, _)
          && facts.find(kind, put).isEmpty()) {
        made.add(new Made(kind.name(), put));
      }
    }
    Optional<KeptRequest> known = facts.find(KeptRequest.KIND, id);
    requireOurs(known.isPresent());
    List<Decision.Effect> effects = new ArrayList<>(decision.effects());
    effects.add(
        new Decision.Effect.Put<>(
            KeptRequest.KIND, id, known.orElseGet(() -> fresh(now)).making(made)));
    return new Decision(effects, decision.reply().orElse(null));
  }

  /** The transaction, remembering the key. */
  Transaction marking(Transaction transaction, Store store, Instant now) {
    List<Made> made = new ArrayList<>();
    for (Write write : transaction.writes()) {
      if (write instanceof Write.PutDocument<?> put && put.expectedVersion() == 0) {
        made.add(new Made(put.kind().name(), put.id()));
      }
    }
    Optional<Document<KeptRequest>> known = store.find(KeptRequest.KIND, id);
    requireOurs(known.isPresent());
    List<Write> writes = new ArrayList<>(transaction.writes());
    writes.add(
        new Write.PutDocument<>(
            KeptRequest.KIND,
            id,
            known.map(Document::version).orElse(0L),
            known.map(Document::body).orElseGet(() -> fresh(now)).making(made),
            now));
    return new Transaction(writes);
  }

  /** An earlier sending that nobody waited for any more may have had its effect meanwhile. */
  private void requireOurs(boolean known) {
    if (known && !ours.get()) {
      throw new Failure.Rejected(
          Problem.of("request-in-flight", 409, "The first sending of this request was slower.")
              .suggesting("Send it again: it gets the answer of the first one."));
    }
    ours.set(true);
  }
}
