package dev.tutti.api;

/**
 * Reads and writes JSON for {@link TuttiClient}, which has no JSON library of its own.
 *
 * <p>Reading is lenient: members that a type does not know are skipped, so that a client can talk
 * to a newer server. What cannot be read is an {@link IllegalArgumentException}.
 */
public interface Json {

  <T> T read(byte[] json, Class<T> type);

  <T> Page<T> readPage(byte[] json, Class<T> item);

  byte[] write(Object value);
}
