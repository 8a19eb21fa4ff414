package dev.tutti.core.store;

import java.time.Instant;

/**
 * A stored body and what the store knows about it. Documents are the truth: recovery reads them and
 * replays nothing.
 *
 * @param version 1 at creation, one more with each change
 */
public record Document<T extends Record>(
    DocumentKind<T> kind, String id, long version, Instant created, Instant updated, T body) {

  /**
   * Serialised bodies larger than this are refused; larger content belongs in a blob. Sealing makes
   * a third more of what is secret.
   */
  public static final int MAX_BODY_BYTES = 320 * 1024;
}
