package dev.tutti.core.surface;

import java.util.List;

/** What the value of a parameter may look like. */
public sealed interface Form {

  /**
   * Any text.
   *
   * @param longest most characters
   */
  record Text(int longest) implements Form {}

  /** A whole number within bounds, both included. */
  record Whole(long least, long most) implements Form {}

  /** {@code true} or {@code false}. */
  record Truth() implements Form {}

  /** One of some words. */
  record OneOf(List<String> words) implements Form {
    public OneOf {
      words = List.copyOf(words);
    }
  }

  /** Any number of some words, separated by commas. */
  record SomeOf(List<String> words) implements Form {
    public SomeOf {
      words = List.copyOf(words);
    }
  }

  /** A moment, such as {@code 2030-01-31T12:00:00Z}. */
  record Moment() implements Form {}

  /** A length of time with its unit, such as {@code 30s}, {@code 500ms} or {@code 5m}. */
  record Span() implements Form {}

  static Form text() {
    return new Text(1_000);
  }

  static Form whole(long least, long most) {
    return new Whole(least, most);
  }

  static Form truth() {
    return new Truth();
  }

  static Form oneOf(List<String> words) {
    return new OneOf(words);
  }

  static Form someOf(List<String> words) {
    return new SomeOf(words);
  }

  static Form moment() {
    return new Moment();
  }

  static Form span() {
    return new Span();
  }
}
