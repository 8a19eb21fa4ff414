package dev.tutti.core.store;

import java.util.List;
import java.util.Optional;

/**
 * What one query gives, in the order of ids.
 *
 * @param documents those that can be read
 * @param unreadable the others
 * @param next the query of the page after; empty when this one was not full
 */
public record DocumentPage<T extends Record>(
    List<Document<T>> documents, List<UnreadableDocument> unreadable, Optional<Query> next) {

  public DocumentPage {
    documents = List.copyOf(documents);
    unreadable = List.copyOf(unreadable);
  }

  /** Of a medium whose documents can always be read. */
  public static <T extends Record> DocumentPage<T> of(Query query, List<Document<T>> documents) {
    String last = documents.isEmpty() ? query.after() : documents.getLast().id();
    return of(query, documents, List.of(), last);
  }

  /**
   * What a query has given.
   *
   * @param last id of the last one, whether it can be read or not
   */
  public static <T extends Record> DocumentPage<T> of(
      Query query, List<Document<T>> documents, List<UnreadableDocument> unreadable, String last) {
    boolean full = documents.size() + unreadable.size() == query.limit();
    return new DocumentPage<>(
        documents, unreadable, full ? Optional.of(query.startingAfter(last)) : Optional.empty());
  }

  /** The bodies alone. */
  public List<T> bodies() {
    return documents.stream().map(Document::body).toList();
  }

  /**
   * All of them, for who would decide wrongly without one.
   *
   * @throws UnreadableDocument when one cannot be read
   */
  public List<Document<T>> complete() {
    if (!unreadable.isEmpty()) {
      throw unreadable.getFirst();
    }
    return documents;
  }
}
