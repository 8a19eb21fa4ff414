package dev.tutti.core.backplane;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network of workloads.
 *
 * @param internal whether nothing but workloads of the network is reached from it
 * @param labels what the backplane keeps with it
 */
public record NetworkFacts(ObjectName name, boolean internal, Map<String, String> labels) {

  public NetworkFacts {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }
}
