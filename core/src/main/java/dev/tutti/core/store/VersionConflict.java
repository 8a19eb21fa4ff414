package dev.tutti.core.store;

/**
 * Another version of the document is stored than the one that was to be replaced: a bug, or two
 * writers.
 */
public final class VersionConflict extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public VersionConflict(String kind, String id, long expected) {
    super("%s '%s' is not at version %d".formatted(kind, id, expected));
  }
}
