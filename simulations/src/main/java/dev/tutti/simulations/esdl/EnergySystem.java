package dev.tutti.simulations.esdl;

import java.util.List;

/**
 * The objects of an ESDL file.
 *
 * @param root the energy system itself
 * @param contents everything in it, in the order in which objects are counted: all children of an
 *     object, then what is in the first of them, then what is in the second
 */
public record EnergySystem(EsdlObject root, List<EsdlObject> contents) {

  /** The class of the root. */
  public static final String CLASS = "EnergySystem";

  public EnergySystem {
    contents = List.copyOf(contents);
  }
}
