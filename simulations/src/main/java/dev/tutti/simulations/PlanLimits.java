package dev.tutti.simulations;

import dev.tutti.simulations.esdl.EsdlLimits;

/**
 * How large a simulation may be.
 *
 * @param models in all
 * @param esdlTraffic bytes that all models together get of the ESDL, each the whole of it
 */
public record PlanLimits(EsdlLimits esdl, int models, long esdlTraffic) {

  /** What a broker and its models on one machine can still work with. */
  public static PlanLimits defaults() {
    return new PlanLimits(EsdlLimits.defaults(), 10_000, 2L << 30);
  }
}
