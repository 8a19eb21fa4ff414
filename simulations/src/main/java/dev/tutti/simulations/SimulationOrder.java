package dev.tutti.simulations;

import dev.tutti.simulations.CalculationService.OnModelFailure;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/**
 * What a request says, with defaults where it says nothing: of the right types, but not judged.
 *
 * @param services those that could be read
 * @param esdl in base64, as it came
 */
record SimulationOrder(
    String name,
    LocalDateTime startDate,
    ZoneId zone,
    int timeStepSeconds,
    int nrOfTimeSteps,
    double maxStepCalcTimeMinutes,
    double keepLogsHours,
    String logLevel,
    List<Service> services,
    String esdl,
    boolean correctedTimeStamps,
    int priority) {

  /**
   * A service of a request.
   *
   * @param index its place in the request's list
   */
  record Service(
      int index,
      String esdlType,
      String calcServiceName,
      String serviceImageUrl,
      int nrOfModels,
      OnModelFailure onModelFailure) {}
}
