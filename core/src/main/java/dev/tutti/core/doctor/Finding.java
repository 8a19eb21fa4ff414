package dev.tutti.core.doctor;

import java.util.Locale;

/**
 * What a check found.
 *
 * @param check its name
 * @param sentence what is the case
 * @param advice what to do about it; empty when nothing has to be done
 */
public record Finding(String check, Level level, String sentence, String advice) {

  /** How bad it is. */
  public enum Level {
    OK,
    WARNING,
    ERROR;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Finding ok(Check check, String sentence) {
    return new Finding(check.name(), Level.OK, sentence, "");
  }

  public static Finding warning(Check check, String sentence, String advice) {
    return new Finding(check.name(), Level.WARNING, sentence, advice);
  }

  public static Finding error(Check check, String sentence, String advice) {
    return new Finding(check.name(), Level.ERROR, sentence, advice);
  }
}
