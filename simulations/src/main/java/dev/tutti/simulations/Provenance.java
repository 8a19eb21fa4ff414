package dev.tutti.simulations;

import java.util.List;

/**
 * What a simulation was made from, beside its request: enough to do it again.
 *
 * @param version of Tutti
 * @param esdl hash of the ESDL file
 * @param plan hash of the list of its models
 * @param images what the models run, each once
 * @param seed for models that need chance; derived from the ESDL file, so that models know it too
 */
public record Provenance(String version, String esdl, String plan, List<String> images, long seed) {

  public Provenance {
    images = List.copyOf(images);
  }
}
