package dev.tutti.simulations;

import dev.tutti.core.NearestName;
import dev.tutti.simulations.esdl.EnergySystem;
import dev.tutti.simulations.esdl.EsdlClasses;
import dev.tutti.simulations.esdl.EsdlObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What services and objects have to be like to be brought together. */
final class ServiceRules {

  private static final Pattern SNAKE_CASE = Pattern.compile("[a-z0-9]+(_[a-z0-9]+)*");

  /** An id is a level of the topics of its data. */
  private static final Pattern BREAKS_TOPICS = Pattern.compile("[/+#\\p{Cntrl}]");

  private static final int LONGEST_ID = 1_000;

  private ServiceRules() {}

  static void check(
      SimulationOrder order, EnergySystem system, List<Finding> findings, List<String> warnings) {
    Set<String> present = new TreeSet<>();
    present.add(EnergySystem.CLASS);
    system.contents().forEach(object -> present.add(object.type()));
    boolean any = false;
    Map<String, SimulationOrder.Service> byName = new HashMap<>();
    for (SimulationOrder.Service service : order.services()) {
      if (present.contains(service.esdlType())) {
        any = true;
      } else {
        missing(service, present, findings, warnings);
      }
      String name = service.calcServiceName();
      if (!SNAKE_CASE.matcher(name).matches()) {
        warnings.add(
            "calculation_services[%d]: '%s' is not in snake_case, so no generated service receives its data."
                .formatted(service.index(), Shown.text(name)));
      }
      SimulationOrder.Service first = byName.putIfAbsent(name, service);
      if (first != null && differ(first, service)) {
        warnings.add(
            "calculation_services[%d]: '%s' is one service with calculation_services[%d]; what it is like, the one of them says whose object comes first in the ESDL."
                .formatted(service.index(), Shown.text(name), first.index()));
      }
    }
    if (!order.services().isEmpty() && !any && findings.isEmpty()) {
      OrderRules.add(
          findings,
          List.of("calculation_services"),
          "the ESDL holds no object of any of the classes, so there would be no models");
    }
    warnOfRates(order, present, warnings);
    checkObjects(order, system, findings);
  }

  /** Who receives from whom, and by what program, only the models know. */
  private static void warnOfRates(
      SimulationOrder order, Set<String> present, List<String> warnings) {
    List<SimulationOrder.Service> running =
        order.services().stream().filter(s -> present.contains(s.esdlType())).toList();
    for (SimulationOrder.Service slow : running) {
      if (slow.every() > 1 && running.stream().anyMatch(s -> s.every() != slow.every())) {
        warnings.add(
            "calculation_services[%d]: '%s' takes part in one of %d steps only. Models that are written with Tutti's SDK keep its last values meanwhile; generated ones that receive from it wait for data in each step, until the step takes too long. If it receives from services that take part more often, it and they have to be written with the SDK."
                .formatted(slow.index(), Shown.text(slow.calcServiceName()), slow.every()));
      }
    }
  }

  private static void missing(
      SimulationOrder.Service service,
      Set<String> present,
      List<Finding> findings,
      List<String> warnings) {
    String type = service.esdlType();
    if (EsdlClasses.names().contains(type)) {
      warnings.add(
          "calculation_services[%d]: the ESDL holds no %s, so '%s' has no models."
              .formatted(service.index(), type, Shown.text(service.calcServiceName())));
      return;
    }
    Set<String> known = new HashSet<>(present);
    known.addAll(EsdlClasses.names());
    known.remove("");
    OrderRules.add(
        findings,
        OrderRules.place(service, "esdl_type"),
        "there is no class '%s'".formatted(Shown.text(type)) + NearestName.question(type, known));
  }

  private static boolean differ(SimulationOrder.Service one, SimulationOrder.Service other) {
    return !one.serviceImageUrl().equals(other.serviceImageUrl())
        || one.nrOfModels() != other.nrOfModels()
        || one.onModelFailure() != other.onModelFailure();
  }

  /** Objects that are simulated need ids that are theirs alone and can stand in a topic. */
  private static void checkObjects(
      SimulationOrder order, EnergySystem system, List<Finding> findings) {
    Map<String, SimulationOrder.Service> byClass = new HashMap<>();
    order.services().forEach(service -> byClass.putIfAbsent(service.esdlType(), service));
    Map<String, EsdlObject> byId = new HashMap<>();
    Set<String> told = new HashSet<>();
    Stream.concat(system.contents().stream(), Stream.of(system.root()))
        .filter(object -> byClass.containsKey(object.type()))
        .forEach(object -> {
          String trouble = trouble(object, byId);
          SimulationOrder.Service service = byClass.get(object.type());
          // One object of each class tells enough: the others have the same trouble.
          if (!trouble.isEmpty() && service != null && told.add(object.type())) {
            OrderRules.add(
                findings,
                OrderRules.place(service, "esdl_type"),
                "the %s at line %d, column %d of the ESDL %s"
                    .formatted(object.type(), object.line(), object.column(), trouble));
          }
        });
  }

  private static String trouble(EsdlObject object, Map<String, EsdlObject> byId) {
    if (object.id().isEmpty()) {
      return "has no id, so no model can simulate it";
    }
    if (BREAKS_TOPICS.matcher(object.id()).find() || object.id().length() > LONGEST_ID) {
      return "has the id '%s', which cannot be part of a topic".formatted(Shown.text(object.id()));
    }
    EsdlObject other = byId.putIfAbsent(object.id(), object);
    return other == null
        ? ""
        : "has the id '%s', like the %s at line %d"
            .formatted(Shown.text(object.id()), other.type(), other.line());
  }
}
