package dev.tutti.core.store;

import java.util.Set;

/**
 * Which documents of a kind to read, in the order of their ids.
 *
 * @param parent only children of this document; empty text for any
 * @param states only documents in one of these states; empty for any
 * @param after only ids greater than this one, for paging; empty text for the first page
 * @param limit at most so many
 */
public record Query(String parent, Set<String> states, String after, int limit) {

  public static final int MAX_LIMIT = 1_000;

  public Query {
    states = Set.copyOf(states);
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "a page has 1 to " + MAX_LIMIT + " documents, not " + limit);
    }
  }

  public static Query all() {
    return new Query("", Set.of(), "", MAX_LIMIT);
  }

  public static Query childrenOf(String parent) {
    return new Query(parent, Set.of(), "", MAX_LIMIT);
  }

  public Query inStates(Set<String> wanted) {
    return new Query(parent, wanted, after, limit);
  }

  public Query startingAfter(String id) {
    return new Query(parent, states, id, limit);
  }

  public Query atMost(int documents) {
    return new Query(parent, states, after, documents);
  }
}
