package dev.tutti.core.backplane;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a file of a workload is: from the root of its files, or, when it does not begin with a
 * slash, from its own folder: where its programs begin, on a machine that is all theirs.
 *
 * @param parts names of folders, the last one of the file; none is empty, {@code .} or {@code ..}
 */
public record WorkloadPath(boolean absolute, List<String> parts) {

  private static final int LONGEST = 4096;

  public WorkloadPath {
    parts = List.copyOf(parts);
  }

  /**
   * Reads what a person wrote.
   *
   * @throws Failure.Rejected when it names no file, or steps up
   */
  public static WorkloadPath of(String text) {
    List<String> parts =
        Arrays.stream(text.split("/", -1))
            .filter(part -> !part.isEmpty() && !part.equals("."))
            .toList();
    if (parts.isEmpty() || text.endsWith("/") || text.length() > LONGEST) {
      throw refused(text, "names no file", "Name the file itself, with its folder before it.");
    }
    if (parts.contains("..")) {
      throw refused(text, "steps up with '..'", "Write the path without it.");
    }
    if (text.indexOf('\0') >= 0) {
      throw refused(text.replace('\0', '?'), "holds a NUL character", "Leave that out.");
    }
    return new WorkloadPath(text.startsWith("/"), parts);
  }

  private static Failure.Rejected refused(String text, String why, String advice) {
    return new Failure.Rejected(
        Problem.of("invalid-path", 400, "The path '%s' %s.".formatted(text, why))
            .suggesting(advice));
  }

  public String name() {
    return parts.getLast();
  }

  /** The folder of the file, as text; {@code "/"} or empty when it is right there. */
  public String folder() {
    return (absolute ? "/" : "")
        + parts.subList(0, parts.size() - 1).stream().collect(Collectors.joining("/"));
  }

  @Override
  public String toString() {
    return (absolute ? "/" : "") + String.join("/", parts);
  }
}
