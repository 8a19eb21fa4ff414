package dev.tutti.cli;

import dev.tutti.api.Resource;
import dev.tutti.api.TuttiClient;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The names of what there is, for completion. */
final class ObjectNames {
  private final TuttiCommand tutti;
  private final Supplier<TuttiClient> client;

  /**
   * Names from a server.
   *
   * @param client made only when the server has to be asked
   */
  ObjectNames(TuttiCommand tutti, Supplier<TuttiClient> client) {
    this.tutti = tutti;
    this.client = client;
  }

  /**
   * Names of one kind; none where a shell had better complete files.
   *
   * @param wanted the label of a parameter, or the name of an option
   * @param prefix what every name is to begin with
   */
  List<String> of(String wanted, String prefix) {
    List<String> names =
        switch (wanted) {
          case "MODEL" -> models();
          case "DEPLOYMENT", "--deployment" -> ids(Resource.DEPLOYMENTS, ListOptions::name);
          case "SIMULATION" -> ids(Resource.SIMULATIONS, ListOptions::name);
          case "SWEEP", "--sweep" -> ids(Resource.SWEEPS, ListOptions::name);
          case "workload" -> ids(Resource.WORKLOADS, ListOptions::name);
          case "orphans" -> ids(Resource.ORPHANS, ListOptions::name);
          case "REFERENCE" -> ids(Resource.IMAGES, ListOptions::name);
          case "OWNER" -> ids(Resource.STUCK_OWNERS, ListOptions::name);
          case "PROFILE", "--profile" ->
              List.copyOf(
                  new Profiles(tutti.surroundings(), tutti.json()).read().byName().keySet());
          default -> List.of();
        };
    return names.stream().map(name -> prefix + name).toList();
  }

  /** The short form, which is what a person would type. */
  private List<String> models() {
    return ids(
        Resource.MODELS,
        model ->
            DeploymentId.of(model.text("deployment")).simulation() + "/" + model.text("model"));
  }

  private List<String> ids(Resource<?> resource, Function<Tree, String> name) {
    return client.get().list(resource.as(Tree.class), Map.of()).stream()
        .map(name)
        .distinct()
        .toList();
  }
}
