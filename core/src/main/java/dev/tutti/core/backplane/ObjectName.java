package dev.tutti.core.backplane;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import java.util.regex.Pattern;

/**
 * Names something that workloads share on one backplane, a network or a volume; also a name by
 * which workloads reach each other in a network. Lower-case letters, digits and dashes.
 */
public record ObjectName(String value) implements Comparable<ObjectName> {

  private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  public ObjectName {
    if (!FORM.matcher(value).matches()) {
      throw new Failure.Rejected(
          Problem.of("invalid-name", 400, "'%s' cannot be a name.".formatted(value))
              .suggesting(
                  "Use a-z, 0-9 and -, at most 63, beginning and ending with a letter or digit."));
    }
  }

  @Override
  public int compareTo(ObjectName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
