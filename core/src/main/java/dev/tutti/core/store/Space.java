package dev.tutti.core.store;

import dev.tutti.core.Failure;

/**
 * What a store can still take.
 *
 * @param sentence what is the matter and what to do, for people
 */
public record Space(Level level, String sentence) {

  /** From everything to nothing. */
  public enum Level {
    /** Everything. */
    ENOUGH,
    /** Ends and what else is in flight; nothing new begins, for its end could not be recorded. */
    SCARCE,
    /** Nothing: no command is executed either, because what follows could not be recorded. */
    NONE
  }

  public static Space enough() {
    return new Space(Level.ENOUGH, "ok");
  }

  /**
   * Lets new work begin.
   *
   * @throws Failure.Unavailable when none may, saying why
   */
  public void requireForNewWork() {
    if (level != Level.ENOUGH) {
      throw new Failure.Unavailable(sentence);
    }
  }

  /**
   * Lets a command be executed.
   *
   * @throws Failure.Unavailable when none may, saying why
   */
  public void requireForCommands() {
    if (level == Level.NONE) {
      throw new Failure.Unavailable(sentence);
    }
  }
}
