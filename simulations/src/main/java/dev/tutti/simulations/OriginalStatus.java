package dev.tutti.simulations;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A simulation as the original shows it (spec DOTS 3.2), with its keys in its order.
 *
 * @param startDate as it was given: with an offset when it came with one
 * @param esdlBase64string the whole file
 * @param calculationStartDatetime local time of this machine, like all of the original's times
 * @param calculationDuration in seconds; until now, while it runs
 */
@JsonNaming(SnakeCaseStrategy.class)
record OriginalStatus(
    String name,
    String startDate,
    int timeStepSeconds,
    int nrOfTimeSteps,
    BigDecimal maxStepCalcTimeMinutes,
    BigDecimal keepLogsHours,
    String logLevel,
    List<Service> calculationServices,
    String esdlBase64string,
    String simulationId,
    String simulationStatus,
    String calculationStartDatetime,
    @Nullable String calculationEndDatetime,
    BigDecimal calculationDuration) {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");
  private static final int NANOS_PER_MICRO = 1_000;
  private static final int MICRO_DIGITS = 6;

  /** A service with the keys of the original. */
  @JsonNaming(SnakeCaseStrategy.class)
  record Service(String esdlType, String calcServiceName, String serviceImageUrl, int nrOfModels) {}

  /**
   * Shows a simulation.
   *
   * @param clock its zone is that of the times shown
   */
  static OriginalStatus of(Simulation simulation, String esdl, Clock clock) {
    SimulationRequest request = simulation.request();
    Instant ended = simulation.ended();
    return new OriginalStatus(
        request.name(),
        startDate(request),
        request.timeStepSeconds(),
        request.nrOfTimeSteps(),
        decimal(request.maxStepCalcTimeMinutes()),
        decimal(request.keepLogsHours()),
        request.logLevel(),
        request.calculationServices().stream()
            .map(s ->
                new Service(s.esdlType(), s.calcServiceName(), s.serviceImageUrl(), s.nrOfModels()))
            .toList(),
        esdl,
        simulation.id(),
        simulation.statusText(),
        isoFormat(LocalDateTime.ofInstant(simulation.created(), clock.getZone())),
        ended == null ? null : isoFormat(LocalDateTime.ofInstant(ended, clock.getZone())),
        seconds(Duration.between(simulation.created(), ended == null ? clock.instant() : ended)));
  }

  /** A date that came with an offset is shown with it; one without means this machine's zone. */
  private static String startDate(SimulationRequest request) {
    ZoneId zone = request.zone();
    String local = isoFormat(request.startDate());
    if (!(zone instanceof ZoneOffset offset)) {
      return local;
    }
    return local + (offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId());
  }

  /** As Python writes a date: with microseconds, or without a fraction when that is zero. */
  private static String isoFormat(LocalDateTime time) {
    return (time.get(ChronoField.MICRO_OF_SECOND) == 0 ? SECONDS : MICROSECONDS).format(time);
  }

  /** As Python writes a number with a fraction: 10.0, and no exponent for one as large as ours. */
  private static BigDecimal decimal(double number) {
    BigDecimal decimal = BigDecimal.valueOf(number);
    return decimal.scale() < 1 ? decimal.setScale(1) : decimal;
  }

  private static BigDecimal seconds(Duration duration) {
    long micros = Math.max(0, duration.truncatedTo(ChronoUnit.MICROS).toNanos() / NANOS_PER_MICRO);
    BigDecimal seconds = BigDecimal.valueOf(micros, MICRO_DIGITS).stripTrailingZeros();
    return seconds.scale() < 1 ? seconds.setScale(1) : seconds;
  }
}
