package dev.tutti.core.doctor;

import java.util.List;

/** Looks at one thing. Features and adapters register theirs. */
public interface Check {

  /** One word or two with a dash, such as {@code stuck-owners}. */
  String name();

  /**
   * Looks, without changing anything, and says what it found: at least one finding, if only that
   * all is well.
   *
   * @param deep whether it may take long and read everything
   */
  List<Finding> look(boolean deep) throws InterruptedException;
}
