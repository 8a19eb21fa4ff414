package dev.tutti.cli;

/** A command of another module that belongs to a noun of this one. */
public interface Verb {

  /** The name of the noun, such as {@code image}. */
  String noun();
}
