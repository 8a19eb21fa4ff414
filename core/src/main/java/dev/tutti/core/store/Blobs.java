package dev.tutti.core.store;

import java.util.Optional;
import java.util.Set;

/**
 * Content-addressed bytes too large for a document: a DeployModels, an ESDL, a log. A blob is
 * durable when {@link #put} returns, so it is put before the document that names it is committed.
 */
public interface Blobs {

  /** Stores the bytes, once, and gives their SHA-256 in lower-case hexadecimal. */
  String put(byte[] content);

  /** The bytes of a hash that {@link #put} gave; empty when they were deleted. */
  Optional<byte[]> get(String hash);

  /** The hashes of all blobs that are kept. */
  Set<String> list();

  /** Deletes; a hash that is not there is no error. */
  void delete(String hash);
}
