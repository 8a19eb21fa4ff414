package dev.tutti.backplane.docker;

import dev.tutti.core.backplane.WorkloadId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How containers of ours are named and labelled. The labels decide what is ours, not the names. */
record Marks(String instance, String suffix) {

  private static final String INSTANCE = "dev.tutti.instance";
  private static final String WORKLOAD = "dev.tutti.workload";

  static Marks of(DockerSettings settings) {
    return new Marks(settings.instance(), "-" + settings.mark());
  }

  String containerName(WorkloadId id) {
    return id.value() + suffix;
  }

  /** What the engine is to filter by. */
  List<String> filter() {
    return List.of(INSTANCE + "=" + instance);
  }

  /** The labels of a container: those that were asked for, and ours, which win. */
  Map<String, String> labels(WorkloadId id, Map<String, String> asked) {
    Map<String, String> labels = new LinkedHashMap<>(asked);
    labels.put(INSTANCE, instance);
    labels.put(WORKLOAD, id.value());
    return labels;
  }

  /** The labels of a container without ours. */
  Map<String, String> asked(Map<String, String> labels) {
    Map<String, String> asked = new LinkedHashMap<>(labels);
    asked.remove(INSTANCE);
    asked.remove(WORKLOAD);
    return asked;
  }

  /** The labels of what is ours and no container. */
  Map<String, String> labels() {
    return Map.of(INSTANCE, instance);
  }

  /** Which workload of ours a container is; empty when it is none. */
  Optional<WorkloadId> workload(Map<String, String> labels) {
    String id = labels.get(WORKLOAD);
    if (id == null || !instance.equals(labels.get(INSTANCE))) {
      return Optional.empty();
    }
    try {
      return Optional.of(new WorkloadId(id));
    } catch (IllegalArgumentException foreign) {
      return Optional.empty();
    }
  }
}
