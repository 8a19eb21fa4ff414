package dev.tutti.simulations;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The simulations that have their turn one after another.
 *
 * @param active whose turn it is; empty when nobody's
 * @param waiting the others, in the order of their turns
 */
record SimulationQueue(String active, List<Place> waiting) {

  static final OwnerRef OWNER = new OwnerRef("queue", "simulations");
  static final DocumentKind<SimulationQueue> KIND =
      DocumentKind.of("simulation-queue", SimulationQueue.class, _ -> new Attributes("", "", ""));
  static final SimulationQueue EMPTY = new SimulationQueue("", List.of());

  /** A simulation that waits; higher priorities go first, equal ones as they came. */
  record Place(String simulation, int priority) {}

  SimulationQueue {
    waiting = List.copyOf(waiting);
  }

  boolean holds(String simulation) {
    return active.equals(simulation) || place(simulation).isPresent();
  }

  Optional<Place> place(String simulation) {
    return waiting.stream().filter(p -> p.simulation().equals(simulation)).findFirst();
  }

  SimulationQueue entering(String simulation, int priority) {
    List<Place> places = new ArrayList<>(waiting);
    places.add(new Place(simulation, priority));
    return ordered(places);
  }

  SimulationQueue prioritising(String simulation, int priority) {
    return ordered(
        waiting.stream()
            .map(p -> p.simulation().equals(simulation) ? new Place(simulation, priority) : p)
            .toList());
  }

  SimulationQueue without(String simulation) {
    return new SimulationQueue(
        active.equals(simulation) ? "" : active,
        waiting.stream().filter(p -> !p.simulation().equals(simulation)).toList());
  }

  SimulationQueue advanced() {
    return active.isEmpty() && !waiting.isEmpty()
        ? new SimulationQueue(waiting.getFirst().simulation(), waiting.subList(1, waiting.size()))
        : this;
  }

  /** Sorting is stable, so equal priorities stay as they came. */
  private SimulationQueue ordered(List<Place> places) {
    return new SimulationQueue(
        active,
        places.stream().sorted(Comparator.comparingInt(Place::priority).reversed()).toList());
  }
}
