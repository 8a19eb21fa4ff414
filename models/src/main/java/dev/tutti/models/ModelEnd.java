package dev.tutti.models;

import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.explain.Explanation;

/** What the end of a model means. */
final class ModelEnd {

  private ModelEnd() {}

  /** Of a model that failed. */
  static Explanation.LastError error(Model model) {
    return new Explanation.LastError(
        step(model), model.workload(), model.exitCode(), model.reason(), model.ended());
  }

  /** What was being done when it failed. */
  static String step(Model model) {
    if (model.ready() != null) {
      return "run";
    }
    return switch (model.code()) {
      case ExitCodes.REFUSED -> "acceptance";
      case ExitCodes.START_FAILED, ExitCodes.IMAGE_UNKNOWN -> "start";
      default -> "becoming ready";
    };
  }

  static boolean notReadyInTime(Model model) {
    return model.ready() == null && model.code() == ExitCodes.TIME_OUT;
  }
}
