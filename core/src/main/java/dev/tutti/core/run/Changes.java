package dev.tutti.core.run;

import dev.tutti.core.store.Document;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.Store;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.VersionConflict;
import dev.tutti.core.store.Write;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Revisions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The revisions of documents, and those who wait for the next one. */
final class Changes implements Revisions {

  private record Key(String kind, String id) {}

  /** Those who wait for one document; all hear of its next change together. */
  private record Waiting(int waiters, CountDownLatch changed) {}

  private final Store store;
  private final Map<Key, Waiting> waiting = new ConcurrentHashMap<>();

  Changes(Store store) {
    this.store = store;
  }

  /** Tells those who wait what is durable. */
  void wrote(Transaction transaction) {
    if (waiting.isEmpty()) {
      return;
    }
    for (Write write : transaction.writes()) {
      switch (write) {
        case Write.PutDocument<?> put -> ring(put.kind(), put.id());
        case Write.DeleteDocument(DocumentKind<?> kind, String id) -> ring(kind, id);
        case Write.AppendJournal _,
            Write.AddCommand _,
            Write.MarkSent _,
            Write.ForgetCommand _,
            Write.SetTimer _,
            Write.CancelTimer _ -> {}
      }
    }
  }

  private void ring(DocumentKind<?> kind, String id) {
    Waiting those = waiting.remove(new Key(kind.name(), id));
    if (those != null) {
      those.changed().countDown();
    }
  }

  @Override
  public Optional<Revision> now(DocumentKind<?> kind, String id) {
    return store.find(kind, id).map(Changes::revision);
  }

  private static Revision revision(Document<?> document) {
    return new Revision(document.created().toEpochMilli(), document.version());
  }

  @Override
  public void await(DocumentKind<?> kind, String id, Revision other, Duration atMost)
      throws InterruptedException {
    Key key = new Key(kind.name(), id);
    CountDownLatch changed =
        waiting
            .merge(
                key,
                new Waiting(1, new CountDownLatch(1)),
                (those, one) -> new Waiting(those.waiters() + one.waiters(), those.changed()))
            .changed();
    try {
      // Looked at once more: it may have changed before anybody knew that somebody waits.
      if (now(kind, id).filter(other::equals).isPresent()) {
        boolean _ = changed.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
      }
    } finally {
      waiting.computeIfPresent(key, (_, those) -> left(those, changed));
    }
  }

  private static @Nullable Waiting left(Waiting those, CountDownLatch changed) {
    if (!those.changed().equals(changed)) {
      return those;
    }
    return those.waiters() == 1 ? null : new Waiting(those.waiters() - 1, changed);
  }

  @Override
  public Answer expecting(DocumentKind<?> kind, String id, Revision revision, Work work)
      throws InterruptedException {
    Optional<Revision> there = now(kind, id);
    if (!there.equals(Optional.of(revision))) {
      throw Expectation.failure(kind, id);
    }
    Expectation expectation = new Expectation(kind, id, revision.version());
    try {
      return ScopedValue.where(Expectation.CURRENT, expectation)
          .<Answer, InterruptedException>call(work::run);
    } catch (VersionConflict meanwhile) {
      throw Expectation.failure(kind, id);
    }
  }
}
