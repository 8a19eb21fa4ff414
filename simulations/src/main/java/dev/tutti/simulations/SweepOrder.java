package dev.tutti.simulations;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request for a sweep says.
 *
 * @param base the request without its sweep
 * @param sets what is set for each simulation
 */
record SweepOrder(ObjectNode base, List<List<Value>> sets) {

  /** A parameter and its value, as it is written. */
  record Value(String name, JsonNode value) {

    SweepSetting setting() {
      return new SweepSetting(name, value.asString());
    }
  }

  SweepOrder {
    sets = sets.stream().map(List::copyOf).toList();
  }

  /** The names of all parameters, in the order of their first appearance. */
  List<String> parameters() {
    Set<String> names = new LinkedHashSet<>();
    sets.forEach(set -> set.forEach(value -> names.add(value.name())));
    return List.copyOf(names);
  }
}
