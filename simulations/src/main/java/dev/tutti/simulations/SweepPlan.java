package dev.tutti.simulations;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A sweep that can work. Its simulations are planned once more, one at a time, when they are taken
 * in: together their files and plans may be larger than memory.
 *
 * @param base what the request says without its sweep
 * @param targets what parameters of the ESDL are about: ids of objects by an id or a class
 * @param models of all simulations together
 * @param messages of all simulations together, between orchestrator and models
 * @param warnings of any of them, each once
 */
record SweepPlan(
    SweepOrder order,
    Planning.Planned base,
    Map<String, Set<String>> targets,
    long models,
    long messages,
    List<String> warnings) {

  SweepPlan {
    warnings = List.copyOf(warnings);
  }

  int size() {
    return order.sets().size();
  }
}
