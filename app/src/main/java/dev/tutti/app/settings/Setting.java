package dev.tutti.app.settings;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * The declaration of one thing that can be set, from which all else comes.
 *
 * @param key its name in a file: sections and words, joined by dots
 * @param variable its name in the environment
 * @param flag its flag of {@code tutti server}; empty where {@code --set KEY=VALUE} has to do
 * @param fallback what holds when nobody sets it
 * @param secret whether its value is never shown, and may be read from a file of its own
 * @param meaning what it does, in a sentence of the reference, in Markdown
 */
public record Setting<T>(
    String key,
    String variable,
    Optional<String> flag,
    Kind<T> kind,
    Fallback<T> fallback,
    boolean secret,
    String meaning) {

  /**
   * What holds when nobody sets it.
   *
   * @param words how the reference names it; the value as written, where there is one
   * @param value empty when there is none, or when it follows from other things
   */
  public record Fallback<T>(String words, Supplier<Optional<T>> value) {}

  /** A setting without a value of its own; to be completed. */
  public static <T> Setting<T> of(String key, String variable, Kind<T> kind) {
    return new Setting<>(
        key,
        variable,
        Optional.empty(),
        kind,
        new Fallback<>("absent", Optional::empty),
        false,
        "");
  }

  public Setting<T> flag(String name) {
    return new Setting<>(key, variable, Optional.of(name), kind, fallback, secret, meaning);
  }

  /** With a default, as one would write it. */
  public Setting<T> otherwise(String text) {
    Optional<T> value = kind.parse().apply(text);
    if (value.isEmpty()) {
      throw new IllegalArgumentException("the default of " + key + " is none of its kind");
    }
    return with(new Fallback<>(text, () -> value));
  }

  /** With a default that depends on the machine. */
  public Setting<T> otherwise(String words, Supplier<T> value) {
    return with(new Fallback<>(words, () -> Optional.of(value.get())));
  }

  /** With a default that follows from other things, which whoever reads it has to know. */
  public Setting<T> otherwiseIn(String words) {
    return with(new Fallback<>(words, Optional::empty));
  }

  private Setting<T> with(Fallback<T> other) {
    return new Setting<>(key, variable, flag, kind, other, secret, meaning);
  }

  /** Never shown. */
  public Setting<T> hidden() {
    return new Setting<>(key, variable, flag, kind, fallback, true, meaning);
  }

  public Setting<T> means(String sentence) {
    return new Setting<>(key, variable, flag, kind, fallback, secret, sentence);
  }

  /** The variable that names a file with the value, for a secret. */
  String fileVariable() {
    return variable + "_FILE";
  }
}
