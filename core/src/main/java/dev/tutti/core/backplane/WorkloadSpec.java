package dev.tutti.core.backplane;

import dev.tutti.core.SecretMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to run: everything a backplane needs, and nothing about why.
 *
 * @param image reference as the catalogue or a registry knows it
 * @param environment variables in order; values may hold anything but a NUL character
 * @param labels what the backplane keeps with the workload and shows to people who look there
 * @param most what it may use at most; a backplane that cannot see to that refuses the start
 * @param access what of the machine it wants to reach; a backplane that cannot give that refuses
 *     the start
 * @param attached what it shares with others; a backplane that has no such thing refuses the start
 */
public record WorkloadSpec(
    WorkloadId id,
    String image,
    SecretMap environment,
    Map<String, String> labels,
    Resources most,
    List<HostAccess> access,
    Attachments attached) {

  public WorkloadSpec {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    access = List.copyOf(access);
  }

  /** Without limits, and within its own walls. */
  public WorkloadSpec(
      WorkloadId id, String image, Map<String, String> environment, Map<String, String> labels) {
    this(
        id,
        image,
        SecretMap.of(environment),
        labels,
        Resources.unlimited(),
        List.of(),
        Attachments.none());
  }

  /** The same with other limits. */
  public WorkloadSpec within(Resources limits) {
    return new WorkloadSpec(id, image, environment, labels, limits, access, attached);
  }

  /** The same, reaching out to that. */
  public WorkloadSpec reaching(HostAccess... wanted) {
    return new WorkloadSpec(id, image, environment, labels, most, List.of(wanted), attached);
  }

  /** The same, sharing that. */
  public WorkloadSpec with(Attachments shared) {
    return new WorkloadSpec(id, image, environment, labels, most, access, shared);
  }
}
