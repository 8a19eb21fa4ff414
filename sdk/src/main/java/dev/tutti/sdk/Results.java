package dev.tutti.sdk;

import java.util.ArrayList;
import java.util.List;

/** What a calculation returns for one object and step: a value for each output it declares. */
public final class Results {
  private static final Results NONE = new Results(List.of());

  private final List<Entry<?>> entries;

  private Results(List<Entry<?>> entries) {
    this.entries = List.copyOf(entries);
  }

  /** An output and its value. */
  record Entry<T extends Record>(Output<T> output, T value) {
    byte[] encode(String origin) {
      return output.form().encode(origin, value);
    }

    List<MessageForm.Amount> amounts() {
      return output.form().amounts(value);
    }
  }

  /** What a calculation without outputs returns. */
  public static Results none() {
    return NONE;
  }

  /** These and the value of a further output. */
  public <T extends Record> Results and(Output<T> output, T value) {
    List<Entry<?>> more = new ArrayList<>(entries);
    more.add(new Entry<>(output, value));
    return new Results(more);
  }

  /** These and those. */
  public Results and(Results others) {
    List<Entry<?>> more = new ArrayList<>(entries);
    more.addAll(others.entries);
    return new Results(more);
  }

  List<Entry<?>> entries() {
    return entries;
  }
}
