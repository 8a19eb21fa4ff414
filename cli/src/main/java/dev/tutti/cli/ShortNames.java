package dev.tutti.cli;

import dev.tutti.api.DeploymentView;
import dev.tutti.api.ModelView;
import dev.tutti.api.Resource;
import dev.tutti.api.TuttiClient;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the id of the object that a person means by what they type. */
final class ShortNames {
  private static final int MOST_CANDIDATES = 8;

  private final TuttiClient client;

  ShortNames(TuttiClient client) {
    this.client = client;
  }

  /**
   * A full id as it is; a simulation id, with or without its simulator, means its newest attempt.
   */
  String deployment(String typed) {
    if (parts(typed) >= 3) {
      return typed;
    }
    List<DeploymentView> meant =
        client.list(Resource.DEPLOYMENTS, Map.of()).stream()
            .filter(deployment -> DeploymentId.of(deployment).answersTo(typed))
            .toList();
    if (meant.isEmpty()) {
      throw unknown("deployment", typed);
    }
    if (meant.stream().map(DeploymentView::simulatorName).distinct().count() > 1) {
      throw ambiguous("deployments", typed, meant.stream().map(DeploymentView::id).toList());
    }
    return meant.stream().max(Comparator.comparingInt(DeploymentView::attempt)).orElseThrow().id();
  }

  /**
   * A full id as it is; {@code deployment/model} with any name of the deployment; or the model's
   * own id, when only one simulation's newest attempt has such a model.
   */
  String model(String typed) {
    if (parts(typed) >= 4) {
      return typed;
    }
    int slash = typed.indexOf('/');
    if (slash > 0) {
      return deployment(typed.substring(0, slash)) + "~" + typed.substring(slash + 1);
    }
    List<ModelView> models = client.list(Resource.MODELS, Map.of());
    List<String> meant =
        models.stream()
            .filter(DeploymentId.newestOf(models))
            .filter(model -> model.model().equals(typed))
            .map(ModelView::id)
            .toList();
    if (meant.isEmpty()) {
      throw unknown("model", typed);
    }
    if (meant.size() > 1) {
      throw ambiguous("models", typed, meant);
    }
    return meant.getFirst();
  }

  private static long parts(String typed) {
    return typed.chars().filter(character -> character == '~').count() + 1;
  }

  private static CommandFailure unknown(String kind, String typed) {
    return new CommandFailure(
        ExitStatus.NOT_FOUND,
        "there is no " + kind + " " + typed,
        "`tutti " + kind + " ls` lists them.");
  }

  private static CommandFailure ambiguous(String kinds, String typed, List<String> candidates) {
    String more =
        candidates.size() > MOST_CANDIDATES
            ? " and " + (candidates.size() - MOST_CANDIDATES) + " more"
            : "";
    return new CommandFailure(
        ExitStatus.USAGE,
        typed + " may mean any of " + candidates.size() + " " + kinds,
        candidates.stream()
            .limit(MOST_CANDIDATES)
            .collect(Collectors.joining(", ", "Say which one: ", more)));
  }
}
