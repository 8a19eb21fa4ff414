package dev.tutti.core.store;

/**
 * A kind of command: what its body is and how often it may be delivered.
 *
 * @param name one lower-case word, stored with each command
 */
public record CommandKind<T extends Record>(String name, Class<T> type, Delivery delivery) {

  @Override
  public String toString() {
    return name;
  }
}
