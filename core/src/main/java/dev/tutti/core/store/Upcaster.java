package dev.tutti.core.store;

import java.util.Map;

/** Turns a stored body of one schema number into the body of the next one. */
@FunctionalInterface
public interface Upcaster {

  /**
   * Gets the body as a JSON tree of JDK types and returns the changed tree; must not fail on extra
   * keys.
   */
  Map<String, Object> upcast(Map<String, Object> body);
}
