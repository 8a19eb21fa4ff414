package dev.tutti.backplane.docker;

import dev.tutti.core.backplane.ObjectName;
import dev.tutti.core.backplane.WorkloadId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How containers of ours are named and labelled. The labels decide what is ours, not the names. */
record Marks(String instance, String suffix) {

  private static final String INSTANCE = "dev.tutti.instance";
  private static final String WORKLOAD = "dev.tutti.workload";
  private static final String NETWORK = "dev.tutti.network";
  private static final String VOLUME = "dev.tutti.volume";

  static Marks of(DockerSettings settings) {
    return new Marks(settings.instance(), "-" + settings.mark());
  }

  String containerName(WorkloadId id) {
    return id.value() + suffix;
  }

  /** What a network or a volume is called on the engine. */
  String objectName(ObjectName name) {
    return name.value() + suffix;
  }

  /** What the engine is to filter by. */
  List<String> filter() {
    return List.of(INSTANCE + "=" + instance);
  }

  /** The labels of a container: those that were asked for, and ours, which win. */
  Map<String, String> labels(WorkloadId id, Map<String, String> asked) {
    return labels(WORKLOAD, id.value(), asked);
  }

  Map<String, String> ofNetwork(ObjectName name, Map<String, String> asked) {
    return labels(NETWORK, name.value(), asked);
  }

  Map<String, String> ofVolume(ObjectName name, Map<String, String> asked) {
    return labels(VOLUME, name.value(), asked);
  }

  private Map<String, String> labels(String kind, String name, Map<String, String> asked) {
    Map<String, String> labels = new LinkedHashMap<>(asked);
    labels.put(INSTANCE, instance);
    labels.put(kind, name);
    return labels;
  }

  /** Labels without ours. */
  Map<String, String> asked(Map<String, String> labels) {
    Map<String, String> asked = new LinkedHashMap<>(labels);
    asked.remove(INSTANCE);
    List.of(WORKLOAD, NETWORK, VOLUME).forEach(asked::remove);
    return asked;
  }

  /** The labels of what is ours and no container. */
  Map<String, String> labels() {
    return Map.of(INSTANCE, instance);
  }

  /** Which workload of ours a container is; empty when it is none. */
  Optional<WorkloadId> workload(Map<String, String> labels) {
    return named(WORKLOAD, labels)
        .flatMap(id -> {
          try {
            return Optional.of(new WorkloadId(id));
          } catch (IllegalArgumentException foreign) {
            return Optional.empty();
          }
        });
  }

  /** Which network of ours it is; empty when it is none, or the one that all containers share. */
  Optional<ObjectName> network(Map<String, String> labels) {
    return named(NETWORK, labels).map(ObjectName::new);
  }

  /** Which volume of ours it is; empty when it is none. */
  Optional<ObjectName> volume(Map<String, String> labels) {
    return named(VOLUME, labels).map(ObjectName::new);
  }

  private Optional<String> named(String kind, Map<String, String> labels) {
    return instance.equals(labels.get(INSTANCE))
        ? Optional.ofNullable(labels.get(kind))
        : Optional.empty();
  }
}
