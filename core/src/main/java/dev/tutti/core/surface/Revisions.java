package dev.tutti.core.surface;

import dev.tutti.core.store.DocumentKind;
import java.time.Duration;
import java.util.Optional;

/** Which revision of a document there is, and what is to be done to that one only. */
public interface Revisions {

  /**
   * One state of a document. One that is deleted and made anew has none of its earlier revisions.
   *
   * @param made when the document was made, in milliseconds of the epoch
   * @param version 1 at first, one more with each change
   */
  record Revision(long made, long version) {}

  /** The revision that is there; empty when there is no such document. */
  Optional<Revision> now(DocumentKind<?> kind, String id);

  /** Waits until a document has another revision, or the time is over. */
  void await(DocumentKind<?> kind, String id, Revision other, Duration atMost)
      throws InterruptedException;

  /**
   * Does something on condition that a document has a revision. That is judged in the transaction
   * of the first change that comes of it.
   *
   * @throws dev.tutti.core.Failure.Rejected with 412 when it has another one; nothing is done then
   */
  Answer expecting(DocumentKind<?> kind, String id, Revision revision, Work work)
      throws InterruptedException;

  /** What is done. */
  @FunctionalInterface
  interface Work {
    Answer run() throws InterruptedException;
  }

  /** Knows of no document. */
  static Revisions none() {
    return new Revisions() {
      @Override
      public Optional<Revision> now(DocumentKind<?> kind, String id) {
        return Optional.empty();
      }

      @Override
      public void await(DocumentKind<?> kind, String id, Revision other, Duration atMost) {}

      @Override
      public Answer expecting(DocumentKind<?> kind, String id, Revision revision, Work work)
          throws InterruptedException {
        return work.run();
      }
    };
  }
}
