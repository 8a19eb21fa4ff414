package dev.tutti.simulations;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the simulation orchestrator behaves.
 *
 * @param simulatorName of the MSO that deploys the models, as it stands in topics
 * @param environment what models are told about their surroundings
 * @param deployTimeout how long it may take until all models of a simulation are ready
 * @param finishTimeout how long the models of a simulation that is over may take to go, before it
 *     is given up to wait for them
 * @param askEvery how often models that everybody waits for are asked where they are
 * @param parametersAtOnce to how many models the ESDL is on its way at a time
 * @param parametersBytes how many bytes of it at a time, whatever the number of models
 * @param queueLimit how many simulations may wait
 * @param queueWaitsForModels whether the next one begins when the models of the last one are gone,
 *     or already when it is over
 * @param retention how long records stay after the end of a simulation
 * @param logs folder for what models log
 * @param logBytes how much of that is kept per simulation
 * @param version of Tutti, recorded with each simulation
 */
public record SimulationsSettings(
    String simulatorName,
    ModelEnvironment environment,
    Duration deployTimeout,
    Duration finishTimeout,
    Duration askEvery,
    int parametersAtOnce,
    long parametersBytes,
    int queueLimit,
    boolean queueWaitsForModels,
    Duration retention,
    Path logs,
    long logBytes,
    String version) {

  /** What models and MSO know as the id of the simulator. */
  static final String SIMULATOR_ID = "SO";

  public SimulationsSettings {
    if (parametersAtOnce < 1 || parametersBytes < 1 || queueLimit < 1 || logBytes < 1) {
      throw new IllegalArgumentException("limits of simulations are positive");
    }
  }

  /** The defaults, for an MSO named {@code dots-so}. */
  public static SimulationsSettings of(ModelEnvironment environment, Path logs, String version) {
    return new SimulationsSettings(
        "dots-so",
        environment,
        Duration.ofMinutes(10),
        Duration.ofMinutes(1),
        Duration.ofSeconds(5),
        16,
        32L << 20,
        1_000,
        true,
        Duration.ofDays(7),
        logs,
        8L << 20,
        version);
  }
}
