package dev.tutti.core.backplane;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a backplane itself knows about a workload, for when no record does.
 *
 * @param image empty when it is not known
 * @param labels what the backplane was given to keep with it
 * @param since when it was started
 * @param place where to look for it, such as {@code process 4711}; may be empty
 */
public record Particulars(String image, Map<String, String> labels, Instant since, String place) {

  public Particulars {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }
}
