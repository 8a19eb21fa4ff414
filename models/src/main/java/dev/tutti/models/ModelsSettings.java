package dev.tutti.models;

import dev.tutti.core.policy.Policy;
import java.time.Duration;
import java.util.List;

/**
 * How the model services orchestrator behaves.
 *
 * @param simulatorNames names that it serves, as they stand in topics; the first is the default
 * @param startTimeout how long a model may take to become ready
 * @param doneGrace how long models may go on after SimulationDone (T12)
 * @param stopGrace how long a model may take between SIGTERM and SIGKILL
 * @param retention how long records stay after the end of a deployment
 * @param placesLimit how many workloads may be admitted at the same time
 * @param policy what models may ask for
 */
public record ModelsSettings(
    List<String> simulatorNames,
    Duration startTimeout,
    Duration doneGrace,
    Duration stopGrace,
    Duration retention,
    int placesLimit,
    Policy policy) {

  /** Under the policy that restricts nothing a message can ask for. */
  public ModelsSettings(
      List<String> simulatorNames,
      Duration startTimeout,
      Duration doneGrace,
      Duration stopGrace,
      Duration retention,
      int placesLimit) {
    this(
        simulatorNames,
        startTimeout,
        doneGrace,
        stopGrace,
        retention,
        placesLimit,
        Policy.standard());
  }

  public ModelsSettings {
    simulatorNames = List.copyOf(simulatorNames);
    if (simulatorNames.isEmpty()) {
      throw new IllegalArgumentException("at least one simulator name is needed");
    }
  }
}
