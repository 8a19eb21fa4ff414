package dev.tutti.simulations;

import dev.tutti.simulations.esdl.EnergySystem;
import dev.tutti.simulations.esdl.EsdlObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** Divides the objects of an energy system among models (spec DOTS 3.5). */
final class Grouping {

  private Grouping() {}

  /**
   * The objects of each service, services in the order in which their first object appears.
   * Services of one name are one service; what it is like, the one whose object appears first says.
   */
  static SequencedMap<CalculationService, List<EsdlObject>> byService(
      EnergySystem system, List<CalculationService> services) {
    Map<String, CalculationService> byClass = new HashMap<>();
    services.forEach(service -> byClass.putIfAbsent(service.esdlType(), service));
    Map<String, CalculationService> byName = new HashMap<>();
    SequencedMap<CalculationService, List<EsdlObject>> groups = new LinkedHashMap<>();
    Stream.concat(system.contents().stream(), Stream.of(system.root()))
        .forEach(object -> {
          CalculationService service = byClass.get(object.type());
          if (service != null) {
            CalculationService first =
                byName.computeIfAbsent(service.calcServiceName(), _ -> service);
            groups.computeIfAbsent(first, _ -> new ArrayList<>()).add(object);
          }
        });
    return groups;
  }

  /** Cuts a list into at most so many parts, one after another; 0 for a part per item. */
  static <T> List<List<T>> parts(List<T> items, int atMost) {
    int size = atMost == 0 ? 1 : Math.ceilDiv(items.size(), atMost);
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < items.size(); from += size) {
      parts.add(items.subList(from, Math.min(items.size(), from + size)));
    }
    return parts;
  }
}
