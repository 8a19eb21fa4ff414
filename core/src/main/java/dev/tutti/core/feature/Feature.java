package dev.tutti.core.feature;

import dev.tutti.core.doctor.Check;
import dev.tutti.core.explain.Explainer;
import dev.tutti.core.surface.Endpoint;
import java.util.List;

/**
 * What a feature adds to a server, in one object. Its constructor registers with the engine who
 * decides, who executes commands, and what is measured; what is declared here gets the rest: routes
 * are served with their roles, limits and audit, things can be explained, checks are the doctor's.
 * {@code docs/add-a-feature.md} builds one.
 */
public interface Feature {

  /** Takes up what the last process left. Called once, after the engine recovered. */
  default void resume() {}

  /** Its routes, below the base of our API; each names the least role that may call it. */
  default List<Endpoint> endpoints() {
    return List.of();
  }

  /** Who says why its things are as they are; each gets a route {@code /…/{id}/explain}. */
  default List<Explainer> explainers() {
    return List.of();
  }

  /** What can be wrong with it, for {@code tutti doctor}. */
  default List<Check> checks() {
    return List.of();
  }
}
