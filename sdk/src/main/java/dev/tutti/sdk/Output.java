package dev.tutti.sdk;

import java.util.List;

/**
 * Data that a calculation sends: one message per step and object of its model.
 *
 * @param <T> the record whose components are the variables
 */
public final class Output<T extends Record> {
  private final String name;
  private final MessageForm<T> form;

  Output(String name, MessageForm<T> form) {
    this.name = name;
    this.form = form;
  }

  /**
   * Data by its name.
   *
   * @param name in snake_case
   * @param type a record whose components are the variables
   */
  public static <T extends Record> Output<T> named(String name, Class<T> type) {
    return new Output<>(name, MessageForm.of(type));
  }

  /** A result that has this value for the object that is calculated. */
  public Results of(T value) {
    return Results.none().and(this, value);
  }

  /** The name of the data. */
  public String name() {
    return name;
  }

  List<T> cast(List<Record> values) {
    return values.stream().map(form::cast).toList();
  }

  MessageForm<T> form() {
    return form;
  }

  @Override
  public String toString() {
    return name;
  }
}
