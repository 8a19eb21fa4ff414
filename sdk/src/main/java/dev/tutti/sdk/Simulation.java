package dev.tutti.sdk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a model knows of the simulation that it takes part in.
 *
 * @param id of the simulation
 * @param model the id of this model
 * @param steps how many steps there will be
 * @param energySystem the ESDL that all models share
 * @param objects those that this model calculates
 * @param services which service calculates the objects of an ESDL class
 * @param rates services that do not take part in each step: in step 1 and then in every so-manieth
 */
public record Simulation(
    String id,
    String model,
    String name,
    Instant start,
    Duration stepLength,
    int steps,
    EnergySystem energySystem,
    List<EsdlObject> objects,
    Map<String, String> services,
    Map<String, Integer> rates) {

  /** Copies what could change. */
  public Simulation {
    objects = List.copyOf(objects);
    services = Map.copyOf(services);
    rates = Map.copyOf(rates);
  }

  /** A simulation in which all services take part in each step. */
  public Simulation(
      String id,
      String model,
      String name,
      Instant start,
      Duration stepLength,
      int steps,
      EnergySystem energySystem,
      List<EsdlObject> objects,
      Map<String, String> services) {
    this(id, model, name, start, stepLength, steps, energySystem, objects, services, Map.of());
  }

  /** A service takes part in step 1 and then in every so-manieth one; 1 for each step. */
  public int every(String service) {
    return rates.getOrDefault(service, 1);
  }

  /** How many steps there are at most from one that a service takes part in to the next. */
  int slowest() {
    return rates.values().stream().mapToInt(Integer::intValue).max().orElse(1);
  }
}
