package dev.tutti.simulations;

import java.util.Locale;
import java.util.Optional;

/** How far a model is, with the numbers and names of the original. */
public enum ModelState {
  TERMINATED_FAILED(0),
  REGISTERED(1),
  DEPLOYED(2),
  PARAMETERIZED(3),
  STEP_STARTED(4),
  STEP_FINISHED(5),
  TERMINATED_SUCCESSFULL(6);

  private final int number;

  ModelState(int number) {
    this.number = number;
  }

  static ModelState of(Simulation simulation, Optional<ModelEnd> end, boolean answered) {
    if (end.isPresent()) {
      return end.get().failed() ? TERMINATED_FAILED : TERMINATED_SUCCESSFULL;
    }
    ModelState all = simulation.state();
    return switch (all) {
      case DEPLOYED -> answered ? PARAMETERIZED : DEPLOYED;
      case STEP_STARTED -> answered ? STEP_FINISHED : STEP_STARTED;
      default -> all;
    };
  }

  /** The number by which the original orders them; the least of its models is a simulation's. */
  public int number() {
    return number;
  }

  /** The lower-case word in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
