package dev.tutti.sdk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * From whom each object of a model receives what. An energy asset hears of the owners of ports that
 * are connected to it, and of every object that is no asset; any other object hears of all objects
 * of the services that it receives from.
 */
final class Wiring {
  private final Simulation simulation;
  private final Map<String, Map<EsdlObject, Map<Input<?>, List<String>>>> byCalculation =
      new HashMap<>();

  Wiring(Service service, Simulation simulation) {
    this.simulation = simulation;
    for (Calculation calculation : service.calculations()) {
      Map<EsdlObject, Map<Input<?>, List<String>>> ofObject = new LinkedHashMap<>();
      simulation.objects().forEach(object -> ofObject.put(object, new HashMap<>()));
      for (Input<?> input : calculation.inputs()) {
        List<EsdlObject> everywhere = everywhere(input);
        List<EsdlObject> bystanders =
            everywhere.stream().filter(other -> !other.isEnergyAsset()).toList();
        ofObject.forEach((object, origins) ->
            origins.put(
                input,
                object.isEnergyAsset()
                    ? ids(Stream.concat(neighbours(object, input), bystanders.stream()))
                    : ids(everywhere.stream())));
      }
      byCalculation.put(calculation.name(), ofObject);
    }
  }

  /** The ids of the objects from which an object receives each input, in the order of the file. */
  Map<Input<?>, List<String>> origins(Calculation calculation, EsdlObject object) {
    return byCalculation.getOrDefault(calculation.name(), Map.of()).getOrDefault(object, Map.of());
  }

  /** Everything that a calculation waits for in a step. */
  Set<Feed> feeds(Calculation calculation) {
    Set<Feed> feeds = new LinkedHashSet<>();
    for (EsdlObject object : simulation.objects()) {
      origins(calculation, object)
          .forEach((input, ids) ->
              ids.forEach(id -> feeds.add(new Feed(input.service(), id, input.name()))));
    }
    return feeds;
  }

  /** Inputs that some object will never get, a sentence each, for the log. */
  List<String> loose(Calculation calculation) {
    List<String> sentences = new ArrayList<>();
    for (Input<?> input : calculation.inputs()) {
      long without =
          simulation.objects().stream()
              .filter(
                  object -> origins(calculation, object).getOrDefault(input, List.of()).isEmpty())
              .count();
      if (without > 0) {
        sentences.add(
            "%d of %d objects have no %s for '%s': nothing of that service is connected to them"
                .formatted(without, simulation.objects().size(), input, calculation.name()));
      }
    }
    return sentences;
  }

  /** All objects of the service that sends an input. */
  private List<EsdlObject> everywhere(Input<?> input) {
    return simulation.services().entrySet().stream()
        .filter(entry -> entry.getValue().equals(input.service()))
        .map(Map.Entry::getKey)
        .sorted()
        .flatMap(type -> simulation.energySystem().all(type).stream())
        .toList();
  }

  private Stream<EsdlObject> neighbours(EsdlObject asset, Input<?> input) {
    return simulation
        .energySystem()
        .owners(asset, input.reach())
        .filter(owner -> input.service().equals(simulation.services().get(owner.type())));
  }

  private static List<String> ids(Stream<EsdlObject> objects) {
    return objects.map(EsdlObject::id).distinct().toList();
  }
}
