package dev.tutti.core.backplane;

import dev.tutti.core.SecretMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What to run: everything a backplane needs, and nothing about why.
 *
 * @param image reference as the catalogue or a registry knows it
 * @param environment variables in order; values may hold anything but a NUL character
 * @param labels what the backplane keeps with the workload and shows to people who look there
 */
public record WorkloadSpec(
    WorkloadId id, String image, SecretMap environment, Map<String, String> labels) {

  public WorkloadSpec {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  public WorkloadSpec(
      WorkloadId id, String image, Map<String, String> environment, Map<String, String> labels) {
    this(id, image, SecretMap.of(environment), labels);
  }
}
