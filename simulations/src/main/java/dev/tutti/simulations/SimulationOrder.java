package dev.tutti.simulations;

import dev.tutti.simulations.CalculationService.OnModelFailure;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;

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

  /** What would ask for the same; the ESDL is apart. */
  static SimulationOrder of(SimulationRequest request) {
    List<CalculationService> services = request.calculationServices();
    return new SimulationOrder(
        request.name(),
        request.startDate(),
        request.zone(),
        request.timeStepSeconds(),
        request.nrOfTimeSteps(),
        request.maxStepCalcTimeMinutes(),
        request.keepLogsHours(),
        request.logLevel(),
        IntStream.range(0, services.size()).mapToObj(i -> Service.of(i, services.get(i))).toList(),
        "",
        request.correctedTimeStamps(),
        request.priority());
  }

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
      OnModelFailure onModelFailure,
      int every) {

    static Service of(int index, CalculationService service) {
      return new Service(
          index,
          service.esdlType(),
          service.calcServiceName(),
          service.serviceImageUrl(),
          service.nrOfModels(),
          service.onModelFailure(),
          service.every());
    }
  }
}
