package dev.tutti.core;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Values that nobody should see, by names that everybody may: the environment of a workload. It is
 * the type that protects them. Stores seal what has it, and its text has no values.
 */
public final class SecretMap extends AbstractMap<String, String> {

  /** What is shown in place of a value. */
  public static final String HIDDEN = "…";

  private static final SecretMap EMPTY = new SecretMap(Map.of());

  private final Map<String, String> values;

  private SecretMap(Map<String, String> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The same names and values, in the same order. */
  public static SecretMap of(Map<String, String> values) {
    if (values instanceof SecretMap secret) {
      return secret;
    }
    return values.isEmpty() ? EMPTY : new SecretMap(values);
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    return values.entrySet();
  }

  /** The names, each with {@link #HIDDEN} in place of its value. */
  public Map<String, String> hidden() {
    Map<String, String> shown = new LinkedHashMap<>();
    values.keySet().forEach(name -> shown.put(name, HIDDEN));
    return shown;
  }

  /** Names alone: records end up in logs. */
  @Override
  public String toString() {
    return hidden().toString();
  }
}
