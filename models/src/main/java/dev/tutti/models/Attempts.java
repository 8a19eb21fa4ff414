package dev.tutti.models;

import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;

/** How many deployments a {@link SimulationKey} has had. */
public record Attempts(String simulatorName, String simulationId, int latest) {

  public static final DocumentKind<Attempts> KIND =
      DocumentKind.of(
          "attempts", Attempts.class, a -> new Attributes("", a.simulationId(), "counted"));

  SimulationKey key() {
    return new SimulationKey(simulatorName, simulationId);
  }
}
