package dev.tutti.simulations;

/**
 * A parameter of a sweep and the value that a simulation has of it.
 *
 * @param name as the request names it, such as {@code esdl.pv1.power}
 */
public record SweepSetting(String name, String value) {

  @Override
  public String toString() {
    return name + "=" + value;
  }
}
