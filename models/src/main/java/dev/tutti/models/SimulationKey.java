package dev.tutti.models;

import dev.tutti.core.OwnerRef;

/**
 * What the strand of a deployment is for: one simulation id of one simulator name. Deployments of
 * the same key follow one another as attempts; only the last one can be alive.
 *
 * @param simulatorName the name in topics, such as {@code dots-so}; without {@code ~}
 * @param simulationId as the topic gave it
 */
public record SimulationKey(String simulatorName, String simulationId) {

  /** The kind of owner that deployments are decided under. */
  public static final String OWNER_KIND = "deployment";

  private static final char SEPARATOR = '~';

  public SimulationKey {
    if (simulatorName.isBlank() || simulatorName.indexOf(SEPARATOR) >= 0) {
      throw new IllegalArgumentException(
          "a simulator name is not blank and has no '~': " + simulatorName);
    }
  }

  /** The key that an owner stands for. */
  public static SimulationKey of(OwnerRef owner) {
    int cut = owner.id().indexOf(SEPARATOR);
    return new SimulationKey(owner.id().substring(0, cut), plain(owner.id().substring(cut + 1)));
  }

  public String id() {
    return simulatorName + SEPARATOR + escaped(simulationId);
  }

  /** Without separators, so that no two simulations and models share an id of a record. */
  private static String escaped(String simulationId) {
    return simulationId.replace("%", "%25").replace("~", "%7E");
  }

  private static String plain(String escaped) {
    return escaped.replace("%7E", "~").replace("%25", "%");
  }

  public OwnerRef owner() {
    return new OwnerRef(OWNER_KIND, id());
  }

  /** The id of one deployment of this key. */
  public String deployment(int attempt) {
    return id() + SEPARATOR + attempt;
  }

  /** The id of a model's record. */
  static String model(String deployment, String modelId) {
    return deployment + SEPARATOR + modelId;
  }
}
