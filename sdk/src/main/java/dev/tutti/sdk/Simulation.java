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
    Map<String, String> services) {

  /** Copies what could change. */
  public Simulation {
    objects = List.copyOf(objects);
    services = Map.copyOf(services);
  }
}
