package dev.tutti.cli;

/** The colours of states on a terminal. */
public enum Paint {
  NONE(""),
  WAITING("33"),
  RUNNING("36"),
  GOOD("32"),
  BAD("31"),
  OVER("2");

  private final String code;

  Paint(String code) {
    this.code = code;
  }

  String on(String text) {
    return this == NONE || text.isEmpty() ? text : "\033[" + code + "m" + text + "\033[0m";
  }

  /** The colour of a state of a deployment, model or workload. */
  static Paint ofState(String state) {
    return switch (state) {
      case "queued", "created", "planned", "starting", "waiting", "registered", "warning" ->
          WAITING;
      case "running", "ready", "stepping", "deployed", "step-started" -> RUNNING;
      case "succeeded", "ok" -> GOOD;
      case "failed", "refused", "timed-out", "terminated-failed", "error" -> BAD;
      case "ended", "removed" -> OVER;
      default -> NONE;
    };
  }
}
