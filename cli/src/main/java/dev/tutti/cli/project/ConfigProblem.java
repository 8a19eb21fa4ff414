package dev.tutti.cli.project;

/**
 * Something in a configuration that the rules forbid.
 *
 * @param path where, such as {@code default_context.calculations.calc1.sends.power}
 * @param what is wrong
 * @param suggestion what to write instead
 */
public record ConfigProblem(String path, String what, String suggestion) {
  @Override
  public String toString() {
    return "%s: %s. %s".formatted(path, what, suggestion);
  }
}
