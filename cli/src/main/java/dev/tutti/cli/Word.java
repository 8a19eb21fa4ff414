package dev.tutti.cli;

import java.util.function.Supplier;

/**
 * A command that is made when somebody names it: to describe all commands to picocli would take
 * most of the time of a short one.
 *
 * @param noun the one that it is a verb of; empty when it stands alone
 * @param name as its annotation says it
 * @param command makes it; a {@link Noun} brings its verbs
 */
public record Word(String noun, String name, Supplier<Object> command) {

  /** A command that stands alone, or a noun. */
  public static Word alone(String name, Supplier<Object> command) {
    return new Word("", name, command);
  }

  /** One more verb of a noun of somebody else. */
  public static Word of(String noun, String name, Supplier<Object> command) {
    return new Word(noun, name, command);
  }
}
