package dev.tutti.simulations;

import java.util.List;

/**
 * A model that a simulation needs.
 *
 * @param modelId unique in its simulation, such as {@code pvinstallation-service-1}
 * @param service name of its calculation service
 * @param image what it runs
 * @param esdlIds the objects that it simulates, in the order of the ESDL file
 */
public record PlannedModel(String modelId, String service, String image, List<String> esdlIds) {

  public PlannedModel {
    esdlIds = List.copyOf(esdlIds);
  }
}
