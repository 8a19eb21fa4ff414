package dev.tutti.app.settings;

/**
 * A value as somebody wrote it.
 *
 * @param origin where: a flag, a variable, or a file and its line
 * @param name how the setting is called there
 */
public record Written(String text, String origin, String name) {

  /** Without the text, which may be a secret. */
  @Override
  public String toString() {
    return name + " of " + origin;
  }
}
