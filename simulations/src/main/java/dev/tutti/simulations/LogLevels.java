package dev.tutti.simulations;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import java.util.List;

/** The levels of what models log, as Python names them. */
final class LogLevels {

  static final List<String> WORDS = List.of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL");

  private LogLevels() {}

  /**
   * How grave a level is.
   *
   * @throws Failure.Rejected when there is no such level
   */
  static int rank(String level) {
    int rank = WORDS.indexOf(level);
    if (rank < 0) {
      throw new Failure.Rejected(
          Problem.of(
                  "parameter-invalid", 400, "There is no level '%s'.".formatted(Shown.text(level)))
              .suggesting("Use one of %s.".formatted(String.join(", ", WORDS))));
    }
    return rank;
  }
}
