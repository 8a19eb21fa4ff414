package dev.tutti.core.backplane;

import java.util.regex.Pattern;

/**
 * Identifies one attempt to run one thing, for ever: it is never used again. Made from what an
 * adapter may use as a file, container or pod name: lower-case letters, digits and dashes.
 */
public record WorkloadId(String value) implements Comparable<WorkloadId> {

  private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  public WorkloadId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "not a workload id (a-z, 0-9 and -, at most 63): " + value);
    }
  }

  @Override
  public int compareTo(WorkloadId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
