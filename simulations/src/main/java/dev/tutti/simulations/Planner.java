package dev.tutti.simulations;

import dev.tutti.simulations.esdl.EnergySystem;
import dev.tutti.simulations.esdl.EsdlObject;
import dev.tutti.simulations.esdl.EsdlReader;
import dev.tutti.simulations.esdl.EsdlReading;
import dev.tutti.simulations.esdl.LenientBase64;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Makes a plan of a request: reads it, judges it and groups its objects into models. All that is
 * wrong is found at once, and nothing is stored.
 */
public final class Planner {

  private static final String ESDL = "esdl_base64string";

  private final PlanLimits limits;
  private final Supplier<ZoneId> zone;

  /** A planner; {@code zone} is the one of dates that name none. */
  public Planner(PlanLimits limits, Supplier<ZoneId> zone) {
    this.limits = limits;
    this.zone = zone;
  }

  /** Plans what a body asks for; a key that nobody knows is a mistake. */
  public Planning plan(byte[] body) {
    return plan(body, true);
  }

  /** Plans what a body for the original asks for, which ignores keys that it does not know. */
  Planning planAsOriginal(byte[] body) {
    return plan(body, false);
  }

  /** Plans once more what was planned before, from what was kept of it. */
  Planning again(SimulationRequest request, byte[] esdl) {
    List<Finding> findings = new ArrayList<>();
    Optional<EnergySystem> system = system(esdl, findings);
    return system.isEmpty()
        ? new Planning.Impossible(findings)
        : grouped(SimulationOrder.of(request), esdl, system.get(), findings);
  }

  /** Plans what an object asks for, with this text of an ESDL file in place of its own. */
  Planning plan(JsonNode request, String esdl) {
    List<Finding> findings = new ArrayList<>();
    SimulationOrder order = new OrderReader(zone.get(), true).order(request, findings);
    OrderRules.check(order, findings);
    byte[] bytes = esdl.getBytes(StandardCharsets.UTF_8);
    Optional<EnergySystem> system = system(bytes, findings);
    return system.isEmpty()
        ? new Planning.Impossible(findings)
        : grouped(order, bytes, system.get(), findings);
  }

  /** The objects of what was planned. */
  EnergySystem system(Planning.Planned planned) {
    return system(planned.esdlBytes(), new ArrayList<>()).orElseThrow();
  }

  private Planning plan(byte[] body, boolean knownKeysOnly) {
    List<Finding> findings = new ArrayList<>();
    Optional<SimulationOrder> read =
        new OrderReader(zone.get(), knownKeysOnly).read(body, findings);
    if (read.isEmpty()) {
      return new Planning.Impossible(findings);
    }
    SimulationOrder order = read.get();
    boolean allServicesRead =
        findings.stream().noneMatch(f -> f.where().contains("calculation_services"));
    OrderRules.check(order, findings);
    if (order.services().isEmpty() && allServicesRead) {
      OrderRules.add(findings, List.of("calculation_services"), "there is none");
    }
    boolean esdlRead = findings.stream().noneMatch(f -> f.where().contains(ESDL));
    Optional<byte[]> esdl = esdlRead ? decoded(order.esdl(), findings) : Optional.empty();
    Optional<EnergySystem> system = esdl.flatMap(bytes -> system(bytes, findings));
    if (system.isEmpty()) {
      return new Planning.Impossible(findings);
    }
    return grouped(order, esdl.get(), system.get(), findings);
  }

  private Optional<byte[]> decoded(String text, List<Finding> findings) {
    if (LenientBase64.mostBytes(text) > 2L * limits.esdl().bytes()) {
      OrderRules.add(
          findings,
          List.of(ESDL),
          "The ESDL has more than %,d bytes.".formatted(limits.esdl().bytes()));
      return Optional.empty();
    }
    Optional<byte[]> bytes = LenientBase64.decode(text);
    if (bytes.isEmpty()) {
      OrderRules.add(findings, List.of(ESDL), "It is not base64: it ends within a byte.");
    }
    return bytes;
  }

  private Optional<EnergySystem> system(byte[] esdl, List<Finding> findings) {
    return switch (new EsdlReader(limits.esdl()).read(esdl)) {
      case EsdlReading.Read(EnergySystem system) -> Optional.of(system);
      case EsdlReading.Unreadable unreadable -> {
        findings.add(
            new Finding(
                List.of(ESDL),
                unreadable.sentence(),
                "value_error.esdl",
                Map.of("lineno", unreadable.line(), "colno", unreadable.column())));
        yield Optional.empty();
      }
    };
  }

  private Planning grouped(
      SimulationOrder order, byte[] esdl, EnergySystem system, List<Finding> findings) {
    List<String> warnings = new ArrayList<>();
    ServiceRules.check(order, system, findings, warnings);
    SimulationRequest request = request(order);
    if (!request.startDate().equals(request.startDate().atZone(request.zone()).toLocalDateTime())) {
      warnings.add(
          "start_date: the clocks of %s skip %s; it is taken as the time after."
              .formatted(request.zone(), request.startDate()));
    }
    if (!findings.isEmpty()) {
      return new Planning.Impossible(findings);
    }
    String stem = SimulationNames.stem(order.name());
    List<PlannedModel> models =
        models(stem, Grouping.byService(system, request.calculationServices()));
    checkSize(models, esdl.length, findings);
    return findings.isEmpty()
        ? new Planning.Planned(
            request,
            new String(esdl, StandardCharsets.UTF_8),
            new Plan(stem, models, warnings, esdl.length))
        : new Planning.Impossible(findings);
  }

  private static SimulationRequest request(SimulationOrder order) {
    return new SimulationRequest(
        order.name(),
        order.startDate(),
        order.zone(),
        order.timeStepSeconds(),
        order.nrOfTimeSteps(),
        order.maxStepCalcTimeMinutes(),
        order.keepLogsHours(),
        order.logLevel(),
        order.services().stream()
            .map(s ->
                new CalculationService(
                    s.esdlType(),
                    s.calcServiceName(),
                    s.serviceImageUrl(),
                    s.nrOfModels(),
                    s.onModelFailure(),
                    s.every()))
            .toList(),
        order.correctedTimeStamps(),
        order.priority());
  }

  private static List<PlannedModel> models(
      String stem, SequencedMap<CalculationService, List<EsdlObject>> groups) {
    List<PlannedModel> models = new ArrayList<>();
    groups.forEach((service, objects) -> {
      List<String> ids = objects.stream().map(EsdlObject::id).toList();
      int number = 1;
      for (List<String> part : Grouping.parts(ids, service.nrOfModels())) {
        models.add(
            new PlannedModel(
                SimulationNames.modelId(stem, service.calcServiceName(), number++),
                service.calcServiceName(),
                service.serviceImageUrl(),
                part));
      }
    });
    return models;
  }

  private void checkSize(List<PlannedModel> models, int esdlBytes, List<Finding> findings) {
    if (models.size() > limits.models()) {
      OrderRules.add(
          findings,
          List.of("calculation_services"),
          "the simulation would have %,d models, at most %,d are possible"
              .formatted(models.size(), limits.models()));
    }
    long traffic = models.size() * Traffic.encoded(esdlBytes);
    if (traffic > limits.esdlTraffic()) {
      OrderRules.add(
          findings,
          List.of(ESDL),
          "every model gets the whole ESDL: %,d models times %,d bytes are more than %,d; ask for fewer models"
              .formatted(models.size(), Traffic.encoded(esdlBytes), limits.esdlTraffic()));
    }
    Map<String, String> services = new HashMap<>();
    Set<String> told = new HashSet<>();
    for (PlannedModel model : models) {
      String other =
          services.putIfAbsent(model.modelId().toLowerCase(Locale.ROOT), model.service());
      if (other != null && told.add(model.service())) {
        OrderRules.add(
            findings,
            List.of("calculation_services"),
            "models of '%s' and '%s' would have the same ids"
                .formatted(Shown.text(other), Shown.text(model.service())));
      }
    }
  }
}
