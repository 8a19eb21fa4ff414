package dev.tutti.core.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.Sha256;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.DocumentPage;
import dev.tutti.core.store.Query;
import dev.tutti.core.store.Store;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.VersionConflict;
import dev.tutti.core.store.Write;
import dev.tutti.core.surface.OnceOnly;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests with keys: each has its effect once, and its answer is kept for a day.
 *
 * <p>What a request writes remembers its key in the same transaction, see {@link Errand}; its
 * answer is kept before it leaves. So there are three cases after a crash: nothing is known, and
 * the request had no effect; the effect is known and the answer is not, and it is looked up or the
 * request, which then is one that does no harm twice, is carried out again; or both are known. A
 * request that failed without an effect is not kept: it may be put right under the same key.
 */
public final class Errands implements OnceOnly {

  /** How long a key is known. */
  public static final Duration KEPT = Duration.ofHours(24);

  private static final Logger LOG = LoggerFactory.getLogger(Errands.class);
  private static final Duration PAUSE = Duration.ofHours(1);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final int LARGEST = 200 * 1024;

  private final Engine engine;
  private final Store store;

  /** Ids of requests that this process carries out now; it is the only one that has the store. */
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  public Errands(Engine engine) {
    this.engine = engine;
    this.store = engine.store();
  }

  /** Forgets keys when their day is over, from now on. */
  public void begin() {
    Alarms.Alarm _ =
        engine
            .alarms()
            .at(
                engine.clock().instant().plus(PAUSE),
                () -> {
                  try {
                    forgetExpired();
                  } catch (RuntimeException later) {
                    LOG.warn("expired keys of requests are still there: {}", later.getMessage());
                  }
                  begin();
                });
  }

  @Override
  public Sent answer(Key key, Work work) throws InterruptedException {
    String id = id(key);
    if (!underWay.add(id)) {
      throw new Failure.TooMany(
          Problem.of(
                  "request-in-flight",
                  409,
                  "A request with this Idempotency-Key is being carried out.")
              .suggesting("Send it again in a second: it gets the answer of the first one."),
          RETRY_AFTER);
    }
    try {
      return answer(id, key, work);
    } finally {
      underWay.remove(id);
    }
  }

  private Sent answer(String id, Key key, Work work) throws InterruptedException {
    Optional<Document<KeptRequest>> found = store.find(KeptRequest.KIND, id);
    if (found.isPresent() && hasExpired(found.get().body(), engine.clock().instant())) {
      store.commit(Transaction.of(forget(id)));
      found = Optional.empty();
    }
    Errand errand = new Errand(id, key, found.isPresent());
    if (found.isPresent()) {
      KeptRequest kept = found.get().body();
      requireSame(errand, kept);
      if (kept.answered()) {
        return new Sent(kept.answer(), true);
      }
      Optional<Rendered> lookedUp = work.lookUp(kept.made());
      if (lookedUp.isPresent()) {
        keep(errand, lookedUp.get());
        return new Sent(lookedUp.get(), true);
      }
    }
    Rendered answer =
        ScopedValue.where(Errand.CURRENT, errand)
            .<Rendered, InterruptedException>call(work::carryOut);
    keep(errand, answer);
    return new Sent(answer, false);
  }

  private static void requireSame(Errand errand, KeptRequest kept) {
    if (!kept.fingerprint().equals(errand.key().fingerprint())) {
      throw new Failure.Rejected(
          Problem.of(
                  "key-reused",
                  422,
                  "This Idempotency-Key was used for another request: %s at %s."
                      .formatted(kept.request(), kept.at()))
              .suggesting("Use a new key for each request, and the same only to send it again."));
    }
  }

  /** Before the answer leaves. One that is not kept is looked up, or made again. */
  private void keep(Errand errand, Rendered answer) {
    if (answer.body().getBytes(UTF_8).length > LARGEST) {
      return;
    }
    try {
      Instant now = engine.clock().instant();
      Optional<Document<KeptRequest>> known = store.find(KeptRequest.KIND, errand.id());
      KeptRequest kept = known.map(Document::body).orElseGet(() -> errand.fresh(now));
      store.commit(
          Transaction.of(
              new Write.PutDocument<>(
                  KeptRequest.KIND,
                  errand.id(),
                  known.map(Document::version).orElse(0L),
                  kept.answeredBy(answer),
                  now)));
    } catch (Failure | VersionConflict notKept) {
      LOG.warn("the answer to {} is not kept: {}", errand.key().request(), notKept.getMessage());
    }
  }

  /** Forgets keys whose day is over. */
  void forgetExpired() {
    Instant now = engine.clock().instant();
    Optional<Query> next = Optional.of(Query.all().atMost(Transaction.MAX_WRITES));
    while (next.isPresent()) {
      DocumentPage<KeptRequest> page = store.page(KeptRequest.KIND, next.get());
      forget(
          page.documents().stream()
              .filter(d -> hasExpired(d.body(), now))
              .map(Document::id)
              .toList(),
          now);
      next = page.next();
    }
  }

  /** A key that is used at this moment may just have got a new meaning. */
  private void forget(List<String> ids, Instant now) {
    List<String> held = ids.stream().filter(underWay::add).toList();
    try {
      List<Write> writes = new ArrayList<>();
      for (String id : held) {
        if (store.find(KeptRequest.KIND, id).filter(d -> hasExpired(d.body(), now)).isPresent()) {
          writes.add(forget(id));
        }
      }
      if (!writes.isEmpty()) {
        store.commit(new Transaction(writes));
      }
    } finally {
      held.forEach(underWay::remove);
    }
  }

  private static Write forget(String id) {
    return new Write.DeleteDocument(KeptRequest.KIND, id);
  }

  private static boolean hasExpired(KeptRequest kept, Instant now) {
    return !now.isBefore(kept.at().plus(KEPT));
  }

  private static String id(Key key) {
    return Sha256.hex(key.caller() + "\n" + key.key());
  }
}
