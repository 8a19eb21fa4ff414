package dev.tutti.simulations;

import static dev.tutti.simulations.OutOfRange.atLeast;
import static dev.tutti.simulations.OutOfRange.atMost;
import static dev.tutti.simulations.OutOfRange.moreThan;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What the values of a request have to be like, whatever the ESDL holds (R-S3). */
final class OrderRules {

  static final List<String> LOG_LEVELS = List.of("debug", "info", "warning", "error");

  private static final int LONGEST_NAME = 1_000;
  private static final int LONGEST_SERVICE_NAME = 200;
  private static final int LONGEST_IMAGE = 4_096;
  private static final int MOST_SERVICES = 300;

  /** All that is said of services has to fit into the record of a simulation, twice. */
  private static final int MOST_SERVICE_TEXT = 50_000;

  private static final int MOST_MODELS = 1_000_000;
  private static final int MOST_PRIORITY = 1_000_000;
  private static final double MOST_MINUTES = 366 * 24 * 60;
  private static final double MOST_HOURS = 100 * 366 * 24;
  private static final int LAST_YEAR = 9999;

  /** What may be a level of a topic and, after its underscores are hyphens, a part of a name. */
  private static final Pattern SERVICE_NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?");

  private static final Pattern HALF_A_CHARACTER = Pattern.compile("\\p{Cs}");
  private static final Pattern CLASS_NAME = Pattern.compile("\\w{1,200}");
  private static final Pattern IMAGE = Pattern.compile("[\\x21-\\x7e]+");

  private OrderRules() {}

  static void check(SimulationOrder order, List<Finding> findings) {
    if (order.name().length() > LONGEST_NAME) {
      add(findings, List.of("name"), "has more than %,d characters".formatted(LONGEST_NAME));
    }
    if (HALF_A_CHARACTER.matcher(order.name()).find()) {
      add(findings, List.of("name"), "holds half a character, which cannot be written down");
    }
    atLeast(findings, List.of("time_step_seconds"), order.timeStepSeconds(), 1);
    atLeast(findings, List.of("nr_of_time_steps"), order.nrOfTimeSteps(), 0);
    moreThan(findings, List.of("max_step_calc_time_minutes"), order.maxStepCalcTimeMinutes(), 0);
    atMost(
        findings,
        List.of("max_step_calc_time_minutes"),
        order.maxStepCalcTimeMinutes(),
        (long) MOST_MINUTES);
    atLeast(findings, List.of("keep_logs_hours"), order.keepLogsHours(), 0);
    atMost(findings, List.of("keep_logs_hours"), order.keepLogsHours(), (long) MOST_HOURS);
    atLeast(findings, List.of("priority"), order.priority(), -MOST_PRIORITY);
    atMost(findings, List.of("priority"), order.priority(), MOST_PRIORITY);
    if (!LOG_LEVELS.contains(order.logLevel().toLowerCase(Locale.ROOT))) {
      add(
          findings,
          List.of("log_level"),
          "is one of %s, not '%s'"
              .formatted(String.join(", ", LOG_LEVELS), Shown.text(order.logLevel())));
    }
    checkEnd(order, findings);
    atMost(findings, List.of("calculation_services"), order.services().size(), MOST_SERVICES);
    long text =
        order.services().stream()
            .mapToLong(s ->
                s.esdlType().length() + s.calcServiceName().length() + s.serviceImageUrl().length())
            .sum();
    if (text > MOST_SERVICE_TEXT) {
      add(
          findings,
          List.of("calculation_services"),
          "names and images have more than %,d characters together".formatted(MOST_SERVICE_TEXT));
    }
    Map<String, SimulationOrder.Service> byClass = new HashMap<>();
    order.services().forEach(service -> check(service, byClass, findings));
    checkRates(order, findings);
  }

  /** Every time stamp of the simulation has to be one that a peer can read. */
  private static void checkEnd(SimulationOrder order, List<Finding> findings) {
    try {
      LocalDateTime end =
          order
              .startDate()
              .plusSeconds((order.nrOfTimeSteps() + 1L) * Math.max(1, order.timeStepSeconds()));
      if (end.getYear() <= LAST_YEAR) {
        return;
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    add(
        findings,
        List.of("nr_of_time_steps"),
        "the simulation would end after the year %d".formatted(LAST_YEAR));
  }

  private static void check(
      SimulationOrder.Service service,
      Map<String, SimulationOrder.Service> byClass,
      List<Finding> findings) {
    List<Object> type = place(service, "esdl_type");
    List<Object> name = place(service, "calc_service_name");
    List<Object> image = place(service, "service_image_url");
    List<Object> models = place(service, "nr_of_models");
    if (!CLASS_NAME.matcher(service.esdlType()).matches()) {
      add(findings, type, "'%s' is no name of a class".formatted(Shown.text(service.esdlType())));
    }
    if (service.calcServiceName().length() > LONGEST_SERVICE_NAME
        || !SERVICE_NAME.matcher(service.calcServiceName()).matches()) {
      add(
          findings,
          name,
          "'%s' is no name of a service: those consist of letters, digits and underscores"
              .formatted(Shown.text(service.calcServiceName())));
    }
    if (service.serviceImageUrl().length() > LONGEST_IMAGE
        || !IMAGE.matcher(service.serviceImageUrl()).matches()) {
      add(
          findings,
          image,
          "'%s' is no reference of an image".formatted(Shown.text(service.serviceImageUrl())));
    }
    atLeast(findings, models, service.nrOfModels(), 0);
    atMost(findings, models, service.nrOfModels(), MOST_MODELS);
    SimulationOrder.Service other = byClass.putIfAbsent(service.esdlType(), service);
    if (other != null) {
      add(
          findings,
          type,
          "objects of the class '%s' are simulated by '%s' already (calculation_services[%d])"
              .formatted(
                  Shown.text(service.esdlType()),
                  Shown.text(other.calcServiceName()),
                  other.index()));
    }
  }

  /** A rate is that of a service, whichever of its classes it is said for. */
  private static void checkRates(SimulationOrder order, List<Finding> findings) {
    Map<String, SimulationOrder.Service> byName = new HashMap<>();
    for (SimulationOrder.Service service : order.services()) {
      List<Object> every = place(service, "every");
      atLeast(findings, every, service.every(), 1);
      atMost(findings, every, service.every(), Math.max(1, order.nrOfTimeSteps()));
      SimulationOrder.Service other = byName.putIfAbsent(service.calcServiceName(), service);
      if (other != null && other.every() != service.every()) {
        add(
            findings,
            every,
            "'%s' is one service with calculation_services[%d], which takes part every %d steps"
                .formatted(Shown.text(service.calcServiceName()), other.index(), other.every()));
      }
    }
  }

  static List<Object> place(SimulationOrder.Service service, String key) {
    return List.of("calculation_services", service.index(), key);
  }

  static void add(List<Finding> findings, List<Object> where, String message) {
    findings.add(Finding.of(where, message, "value_error"));
  }
}
