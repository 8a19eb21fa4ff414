package dev.tutti.cli;

import org.jspecify.annotations.Nullable;

/** Where standard output goes: a terminal of some size, or something that is no terminal. */
public interface Screen {
  /** Not a terminal: a file, or a pipe to another program. */
  Screen NONE =
      new Screen() {
        @Override
        public boolean terminal() {
          return false;
        }

        @Override
        public int width() {
          return Integer.MAX_VALUE;
        }

        @Override
        public int height() {
          return Integer.MAX_VALUE;
        }
      };

  boolean terminal();

  /** In columns, now: people resize windows. */
  int width();

  /** In rows, now. */
  int height();

  /**
   * Asks the person at the terminal for something that nobody is to read over the shoulder; null
   * where nobody sits at standard input.
   */
  default @Nullable String secret(String question) {
    return null;
  }
}
