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
    return new DocumentPage<>(
        documents,
        List.of(),
        documents.size() == query.limit()
            ? Optional.of(query.startingAfter(documents.getLast().id()))
            : Optional.empty());
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
