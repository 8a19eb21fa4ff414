package dev.tutti.models;

import java.util.Optional;

/**
 * What a deployment's timers are for. Work on many models goes on from a cursor, kept in the name
 * of the timer, so that it survives a restart at any point.
 *
 * @param purpose what to do when it fires
 * @param attempt which deployment of the key
 * @param after id of the last model that is done; empty to begin
 */
record DeploymentTimer(Purpose purpose, int attempt, String after) {

  enum Purpose {
    /** Models that are not ready by now have failed. */
    START_TIMEOUT,
    /** The grace after SimulationDone is over. */
    DONE_GRACE,
    /** Stop the next models. */
    STOP,
    /** Tell the ends of the next models again. */
    REPEAT,
    /** Delete the next workloads and their output; keepLogsHours are over. */
    REMOVE,
    /** Delete the next records; their retention is over. */
    FORGET
  }

  static DeploymentTimer startTimeout(int attempt) {
    return new DeploymentTimer(Purpose.START_TIMEOUT, attempt, "");
  }

  static DeploymentTimer doneGrace(int attempt) {
    return new DeploymentTimer(Purpose.DONE_GRACE, attempt, "");
  }

  static DeploymentTimer stop(int attempt) {
    return new DeploymentTimer(Purpose.STOP, attempt, "");
  }

  static DeploymentTimer repeat(int attempt) {
    return new DeploymentTimer(Purpose.REPEAT, attempt, "");
  }

  static DeploymentTimer remove(int attempt) {
    return new DeploymentTimer(Purpose.REMOVE, attempt, "");
  }

  static DeploymentTimer forget(int attempt) {
    return new DeploymentTimer(Purpose.FORGET, attempt, "");
  }

  DeploymentTimer from(String lastDone) {
    return new DeploymentTimer(purpose, attempt, lastDone);
  }

  String name() {
    return purpose + ":" + attempt + ":" + after;
  }

  static Optional<DeploymentTimer> parse(String name) {
    String[] parts = name.split(":", 3);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new DeploymentTimer(Purpose.valueOf(parts[0]), Integer.parseInt(parts[1]), parts[2]));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }
}
