package dev.tutti.core.backplane;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A volume: files that outlive the workloads that use them.
 *
 * @param labels what the backplane keeps with it
 */
public record VolumeFacts(ObjectName name, Map<String, String> labels) {

  public VolumeFacts {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }
}
