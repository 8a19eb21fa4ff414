package dev.tutti.simulations;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/**
 * A simulation as it was asked for, after validation: every value is in its range. The ESDL is not
 * part of it; it is kept as a blob.
 *
 * @param name as the caller gave it, any text
 * @param startDate local time in {@code zone}
 * @param zone recorded with the simulation, so that a rerun means the same instants
 * @param timeStepSeconds simulated seconds per step
 * @param nrOfTimeSteps 0 ends right after the parameters phase
 * @param maxStepCalcTimeMinutes wall-clock limit of a step, and of the parameters phase
 * @param keepLogsHours how long the MSO keeps logs of ended models
 * @param logLevel one of debug, info, warning, error
 * @param correctedTimeStamps whether step n carries {@code start + (n-1) * step} instead of the
 *     original's {@code start + (n+1) * step}
 * @param priority of the queue, higher first; 0 is the default
 */
public record SimulationRequest(
    String name,
    LocalDateTime startDate,
    ZoneId zone,
    int timeStepSeconds,
    int nrOfTimeSteps,
    double maxStepCalcTimeMinutes,
    double keepLogsHours,
    String logLevel,
    List<CalculationService> calculationServices,
    boolean correctedTimeStamps,
    int priority) {

  public SimulationRequest {
    calculationServices = List.copyOf(calculationServices);
  }

  /** In every so-manieth step the models of a service take part, from the first on. */
  int every(String service) {
    return calculationServices.stream()
        .filter(s -> s.calcServiceName().equals(service))
        .mapToInt(CalculationService::every)
        .findFirst()
        .orElse(1);
  }

  /** Whether some service takes part in fewer steps than others may. */
  boolean multiRate() {
    return calculationServices.stream().anyMatch(s -> s.every() > 1);
  }
}
