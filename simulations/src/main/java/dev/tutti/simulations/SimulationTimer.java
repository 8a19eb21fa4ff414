package dev.tutti.simulations;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a simulation's timers are for. There is at most one of each, so that setting it again, as
 * each step does, replaces it.
 */
enum SimulationTimer {
  /** Models that are not ready by now end the simulation. */
  DEPLOY,
  /** Models that have not taken their parameters by now end the simulation. */
  PARAMETERS,
  /** Models that have not finished their step by now end the simulation. */
  STEP,
  /** Models that have not gone by now are not waited for. */
  FINISH,
  /** Delete the next records; their retention is over. */
  FORGET;

  /** A timer that fires later than this says that nobody was watching meanwhile. */
  static final Duration UNWATCHED = Duration.ofSeconds(5);

  static Optional<SimulationTimer> parse(String name) {
    return Arrays.stream(values()).filter(timer -> timer.name().equals(name)).findFirst();
  }

  /** The phase that this timer limits, if it does. */
  Optional<Phase> limits() {
    return switch (this) {
      case DEPLOY -> Optional.of(Phase.DEPLOYING);
      case PARAMETERS -> Optional.of(Phase.PARAMETERISING);
      case STEP -> Optional.of(Phase.STEPPING);
      case FINISH, FORGET -> Optional.empty();
    };
  }
}
