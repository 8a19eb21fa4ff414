package dev.tutti.cli;

import java.util.function.Function;

/**
 * One column of a table.
 *
 * @param shrinks whether its text may be cut to fit the table into a terminal
 * @param paint the colour of a cell, given its text
 * @param extra whether only a wide table has it
 */
public record Column<T>(
    String title,
    Function<T, String> text,
    boolean shrinks,
    Function<String, Paint> paint,
    boolean extra) {

  public static <T> Column<T> of(String title, Function<T, String> text) {
    return new Column<>(title, text, false, _ -> Paint.NONE, false);
  }

  /** For long text. */
  public static <T> Column<T> shrinking(String title, Function<T, String> text) {
    return new Column<>(title, text, true, _ -> Paint.NONE, false);
  }

  /** For what few look for. */
  public static <T> Column<T> extra(String title, Function<T, String> text) {
    return new Column<>(title, text, true, _ -> Paint.NONE, true);
  }

  public static <T> Column<T> state(Function<T, String> text) {
    return new Column<>("STATE", text, false, Paint::ofState, false);
  }
}
