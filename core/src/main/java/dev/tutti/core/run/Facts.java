package dev.tutti.core.run;

import dev.tutti.core.store.DocumentKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a decision may read: documents as they are after all that was decided before it, committed
 * or not.
 */
public interface Facts {

  /** Reads one document's body. */
  <T extends Record> Optional<T> find(DocumentKind<T> kind, String id);

  /**
   * Reads children of an owner in the order of their ids.
   *
   * @param states only in these states; empty for all
   * @param after only ids greater than this; empty text for the first page
   */
  <T extends Record> List<T> children(
      DocumentKind<T> kind, String parent, Set<String> states, String after, int limit);
}
