package dev.tutti.app.settings;

/**
 * Something wrong in a configuration.
 *
 * @param place a file and its line, or empty where the sentence says it
 * @param sentence what is wrong, without the full stop
 * @param advice what to do about it, with one
 */
public record Wrong(String place, String sentence, String advice) {

  /** In one line, without the advice. */
  public String line() {
    return place.isEmpty() ? sentence : place + ": " + sentence;
  }
}
