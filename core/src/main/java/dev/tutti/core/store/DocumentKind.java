package dev.tutti.core.store;

import java.util.List;
import java.util.function.Function;

/**
 * A kind of document: the record that is its body, what of it is indexed, and how older bodies are
 * read. The schema number is the number of upcasters plus one.
 *
 * @param name one lower-case word, stored with each document
 * @param type the body; stored as JSON by component name, read leniently
 * @param index what to index of a body
 * @param upcasters element {@code i} reads schema {@code i + 1} and gives schema {@code i + 2}
 */
public record DocumentKind<T extends Record>(
    String name, Class<T> type, Function<T, Attributes> index, List<Upcaster> upcasters) {

  public DocumentKind {
    upcasters = List.copyOf(upcasters);
  }

  /** The first schema of a kind, which has nothing older to read. */
  public static <T extends Record> DocumentKind<T> of(
      String name, Class<T> type, Function<T, Attributes> index) {
    return new DocumentKind<>(name, type, index, List.of());
  }

  public int schema() {
    return upcasters.size() + 1;
  }

  @Override
  public String toString() {
    return name;
  }
}
