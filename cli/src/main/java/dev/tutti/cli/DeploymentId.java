package dev.tutti.cli;

import dev.tutti.api.DeploymentView;
import dev.tutti.api.ModelView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The parts of {@code simulator~simulation~attempt}. */
record DeploymentId(String simulator, String simulation, int attempt) {
  private static final char BETWEEN = '~';

  static DeploymentId of(DeploymentView deployment) {
    return new DeploymentId(
        deployment.simulatorName(), deployment.simulationId(), deployment.attempt());
  }

  /** The parts of an id as the server gives it. */
  static DeploymentId of(String id) {
    int first = id.indexOf(BETWEEN);
    int last = id.lastIndexOf(BETWEEN);
    if (first < 0 || first == last) {
      return new DeploymentId("", id, 0);
    }
    return new DeploymentId(
        id.substring(0, first), id.substring(first + 1, last), number(id.substring(last + 1)));
  }

  /** Whether a person who types this may mean this deployment. */
  boolean answersTo(String typed) {
    return typed.equals(simulation)
        || typed.equals(simulator + BETWEEN + simulation)
        || typed.equals(simulation + BETWEEN + attempt);
  }

  /** Lets through what belongs to the newest attempt of its simulation among these models. */
  static Predicate<ModelView> newestOf(List<ModelView> models) {
    Map<DeploymentId, Integer> newest = new HashMap<>();
    for (ModelView model : models) {
      DeploymentId id = of(model.deployment());
      newest.merge(id.anyAttempt(), id.attempt, Math::max);
    }
    return model -> {
      DeploymentId id = of(model.deployment());
      return newest.getOrDefault(id.anyAttempt(), 0) <= id.attempt;
    };
  }

  /** What its events belong to: all attempts of a simulation id together. */
  String owner() {
    return simulator + BETWEEN + simulation;
  }

  DeploymentId anyAttempt() {
    return new DeploymentId(simulator, simulation, 0);
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  @Override
  public String toString() {
    return simulator + BETWEEN + simulation + BETWEEN + attempt;
  }
}
