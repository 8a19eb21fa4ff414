package dev.tutti.cli;

import dev.tutti.api.CommandView;
import dev.tutti.api.DeploymentView;
import dev.tutti.api.DeploymentView.ModelCounts;
import dev.tutti.api.EventView;
import dev.tutti.api.ImageDetails;
import dev.tutti.api.ImageView;
import dev.tutti.api.ModelView;
import dev.tutti.api.ProblemView;
import dev.tutti.api.UsageView;
import dev.tutti.api.VersionView;
import dev.tutti.api.WorkloadView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The API's objects from JSON, member by member. Jackson's databind would do this by itself, but
 * its 500 classes cost as much time as all the rest of a short command.
 */
final class ViewReader {
  private ViewReader() {}

  static <T> T read(Tree tree, Class<T> type) {
    if (type == Tree.class) {
      return type.cast(tree);
    }
    if (!(tree instanceof Tree.Fields)) {
      throw new IllegalArgumentException("no JSON object");
    }
    return type.cast(view(tree, type));
  }

  private static Object view(Tree tree, Class<?> type) {
    if (type == ModelView.class) {
      return model(tree);
    }
    if (type == DeploymentView.class) {
      return deployment(tree);
    }
    if (type == WorkloadView.class) {
      return workload(tree);
    }
    if (type == EventView.class) {
      return event(tree);
    }
    if (type == ImageView.class) {
      return image(tree);
    }
    if (type == VersionView.class) {
      return new VersionView(tree.text("version"), tree.text("java"), tree.text("backplane"));
    }
    if (type == ProblemView.class) {
      return problem(tree);
    }
    if (type == CommandView.class) {
      return new CommandView(
          tree.optionalNumber("exitCode"),
          tree.get("goesOn").equals(new Tree.Word(true)),
          tree.text("output"),
          tree.get("outputCut").equals(new Tree.Word(true)),
          tree.text("errors"),
          tree.get("errorsCut").equals(new Tree.Word(true)));
    }
    if (type == UsageView.class) {
      return usage(tree);
    }
    Object insight = InsightReader.view(tree, type);
    if (insight != null) {
      return insight;
    }
    return SimulationReader.view(tree, type);
  }

  private static ModelView model(Tree tree) {
    return new ModelView(
        tree.text("id"),
        tree.text("deployment"),
        tree.text("model"),
        tree.text("image"),
        tree.text("state"),
        tree.optionalNumber("exitCode"),
        tree.text("reason"),
        tree.text("workload"),
        tree.time("created"),
        tree.optionalTime("ready"),
        tree.optionalTime("ended"),
        tree.texts("lastLines"));
  }

  private static DeploymentView deployment(Tree tree) {
    Tree models = tree.get("models");
    return new DeploymentView(
        tree.text("id"),
        tree.text("simulatorName"),
        tree.text("simulatorId"),
        tree.text("simulationId"),
        tree.number("attempt"),
        tree.text("state"),
        tree.text("reason"),
        new ModelCounts(
            models.number("total"),
            models.number("created"),
            models.number("running"),
            models.number("succeeded"),
            models.number("failed")),
        tree.decimal("keepLogsHours"),
        tree.time("created"),
        tree.optionalTime("ready"),
        tree.optionalTime("ended"));
  }

  private static WorkloadView workload(Tree tree) {
    return new WorkloadView(
        tree.text("id"),
        tree.text("owner"),
        tree.text("subject"),
        tree.text("backplane"),
        tree.text("image"),
        tree.text("state"),
        tree.optionalNumber("exitCode"),
        tree.text("reason"),
        tree.time("created"),
        tree.optionalTime("started"),
        tree.optionalTime("ended"),
        tree.texts("lastLines"));
  }

  private static EventView event(Tree tree) {
    return new EventView(
        tree.longNumber("number"),
        Objects.requireNonNullElse(tree.optionalNumber("version"), 1),
        tree.time("time"),
        tree.text("type"),
        tree.text("owner"),
        tree.text("subject"),
        tree.text("message"),
        tree.get("data").values());
  }

  private static UsageView usage(Tree tree) {
    boolean ownNetwork = tree.get("receivedBytes") instanceof Tree.Digits;
    return new UsageView(
        tree.time("at"),
        tree.longNumber("processorMillis"),
        tree.longNumber("memoryBytes"),
        tree.longNumber("memoryLimitBytes"),
        tree.longNumber("programs"),
        ownNetwork ? tree.longNumber("receivedBytes") : null,
        ownNetwork ? tree.longNumber("sentBytes") : null);
  }

  private static ImageView image(Tree tree) {
    return new ImageView(
        tree.text("reference"),
        tree.texts("command"),
        tree.text("workingDirectory"),
        named(tree.get("environment")),
        tree.get("details") instanceof Tree.Fields details ? imageDetails(details) : null);
  }

  private static Map<String, String> named(Tree texts) {
    Map<String, String> named = new LinkedHashMap<>();
    texts.values().forEach((name, text) -> named.put(name, text.toString()));
    return named;
  }

  private static ImageDetails imageDetails(Tree tree) {
    return new ImageDetails(
        tree.text("id"),
        tree.text("digest"),
        tree.optionalTime("created"),
        tree.longNumber("bytes"),
        tree.text("architecture"),
        tree.text("user"),
        tree.texts("entryPoint"),
        tree.texts("ports"),
        named(tree.get("labels")),
        tree.get("builtByTutti").equals(new Tree.Word(true)));
  }

  private static ProblemView problem(Tree tree) {
    return new ProblemView(
        tree.text("type"),
        tree.text("title"),
        tree.number("status"),
        tree.text("detail"),
        tree.optionalText("suggestion"),
        tree.optionalText("trace"));
  }
}
