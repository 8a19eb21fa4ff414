package dev.tutti.core;

/**
 * What a workload runs for, and the unit of ordering: everything that concerns one owner is handled
 * in order, different owners run in parallel.
 *
 * @param kind the kind of owner, such as {@code deployment}; lower case, no colon
 * @param id identifies the owner within its kind
 */
public record OwnerRef(String kind, String id) implements Comparable<OwnerRef> {

  public OwnerRef {
    if (kind.isBlank() || kind.indexOf(':') >= 0) {
      throw new IllegalArgumentException("an owner kind is a word without a colon: " + kind);
    }
    if (id.isBlank()) {
      throw new IllegalArgumentException("an owner of kind " + kind + " needs an id");
    }
  }

  /** Reads what {@link #toString()} wrote. */
  public static OwnerRef parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("an owner is written kind:id, not " + text);
    }
    return new OwnerRef(text.substring(0, colon), text.substring(colon + 1));
  }

  @Override
  public int compareTo(OwnerRef other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : id.compareTo(other.id);
  }

  @Override
  public String toString() {
    return kind + ":" + id;
  }
}
