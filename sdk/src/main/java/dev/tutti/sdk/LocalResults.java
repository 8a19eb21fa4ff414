package dev.tutti.sdk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the services of a local run sent, by output and object. */
public final class LocalResults {
  private final Map<String, Map<String, List<Record>>> byOutput = new LinkedHashMap<>();

  LocalResults() {}

  void keep(EsdlObject object, Results results) {
    for (Results.Entry<?> entry : results.entries()) {
      byOutput
          .computeIfAbsent(entry.output().name(), _ -> new LinkedHashMap<>())
          .computeIfAbsent(object.id(), _ -> new ArrayList<>())
          .add(entry.value());
    }
  }

  /** What was sent for an object, step by step. */
  public <T extends Record> List<T> of(Output<T> output, String esdlId) {
    Map<String, List<T>> all = of(output);
    List<T> values = all.get(esdlId);
    if (values == null) {
      throw new IllegalArgumentException(
          "nothing was sent as %s for '%s', only for %s".formatted(output, esdlId, all.keySet()));
    }
    return values;
  }

  /** What was sent for every object, step by step, by the object's ESDL id. */
  public <T extends Record> Map<String, List<T>> of(Output<T> output) {
    Map<String, List<T>> values = new LinkedHashMap<>();
    byOutput
        .getOrDefault(output.name(), Map.of())
        .forEach((id, records) -> values.put(id, output.cast(records)));
    return values;
  }
}
