package dev.tutti.core.store;

/**
 * A document is there, and its body is none that this program can read: it was damaged, or another
 * release wrote it. Not a {@link dev.tutti.core.Failure}: whoever decides with it is stuck until
 * somebody looks.
 */
public final class UnreadableDocument extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String kind;
  private final String id;

  public UnreadableDocument(
      DocumentKind<?> kind, String id, int schema, String reason, Throwable cause) {
    super("%s '%s' (schema %d) cannot be read: %s".formatted(kind, id, schema, reason), cause);
    this.kind = kind.name();
    this.id = id;
  }

  public String kind() {
    return kind;
  }

  public String id() {
    return id;
  }
}
