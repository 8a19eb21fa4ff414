package dev.tutti.app;

/**
 * Where one of the surfaces of a running Tutti is.
 *
 * @param surface one word for people
 * @param where its address, with the scheme, and who gets in
 */
record Address(String surface, String where) {

  /** A line of the block in which all of them stand, one below the other. */
  @Override
  public String toString() {
    return "%-7s %s".formatted(surface, where);
  }
}
