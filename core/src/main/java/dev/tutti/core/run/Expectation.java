package dev.tutti.core.run;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.Store;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The revision of a document that somebody has seen who wants something done. It is compared in the
 * transaction of the first change that comes of it; what follows is on top of that change.
 */
final class Expectation {

  /** Bound around the handler of a request, and read where messages begin. */
  static final ScopedValue<Expectation> CURRENT = ScopedValue.newInstance();

  private final DocumentKind<?> kind;
  private final String id;
  private final long version;
  private final AtomicBoolean met = new AtomicBoolean();

  Expectation(DocumentKind<?> kind, String id, long version) {
    this.kind = kind;
    this.id = id;
    this.version = version;
  }

  /** What is still to be compared. */
  static Optional<Expectation> current() {
    return CURRENT.isBound() && !CURRENT.get().met.get()
        ? Optional.of(CURRENT.get())
        : Optional.empty();
  }

  /** Notes that the change which it was compared for is durable. */
  void meet() {
    met.set(true);
  }

  /** Compares before a decision; what was decided before it in the same batch counts. */
  void require(UnitOfWork work) {
    requireSame(work.version(kind, id));
  }

  /** The transaction, which fails when the document is changed before it is written. */
  Transaction guarding(Transaction transaction, Store store) {
    Document<?> known = store.find(kind, id).orElseThrow(this::failed);
    requireSame(known.version());
    List<Write> writes = new ArrayList<>();
    boolean put = false;
    for (Write write : transaction.writes()) {
      if (write instanceof Write.PutDocument<?> one && isSubject(one.kind(), one.id())) {
        put = true;
        requireSame(one.expectedVersion());
      }
      writes.add(write);
    }
    if (!put) {
      // Written as it is, for a deletion alone would compare nothing.
      writes.addFirst(unchanged(known, known.updated()));
    }
    return new Transaction(writes);
  }

  private boolean isSubject(DocumentKind<?> other, String otherId) {
    return other.name().equals(kind.name()) && otherId.equals(id);
  }

  private static <T extends Record> Write unchanged(Document<T> known, Instant at) {
    return new Write.PutDocument<>(known.kind(), known.id(), known.version(), known.body(), at);
  }

  private void requireSame(long there) {
    if (there != version) {
      throw failed();
    }
  }

  Failure.Rejected failed() {
    return failure(kind, id);
  }

  static Failure.Rejected failure(DocumentKind<?> kind, String id) {
    return new Failure.Rejected(
        Problem.of(
                "changed-meanwhile",
                412,
                "The %s '%s' is not as it was when its ETag was given.".formatted(kind, id))
            .suggesting("Get it again, see whether you still want that, and send the new ETag."));
  }
}
