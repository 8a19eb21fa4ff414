package dev.tutti.http.openapi;

import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Surface;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What an operation is called in programs made from the document: made of its method and path
 * alone, so that it stays as long as those do.
 */
final class OperationNames {

  private OperationNames() {}

  /**
   * Such as {@code listDeployments}, {@code getDeployment}, {@code stopDeployment}, {@code
   * createDeployment} or {@code signIn}.
   */
  static String id(Endpoint endpoint) {
    List<String> segments = segments(endpoint.path());
    String last = segments.getLast();
    boolean many = endpoint.contract().items() != Void.class;
    return switch (endpoint.method()) {
      case GET -> (many ? "list" : "get") + object(segments);
      case PUT -> "put" + object(segments);
      case DELETE -> "delete" + object(segments);
      case POST -> {
        if (segments.size() > 1 && !isParameter(last)) {
          yield word(last, false) + object(singular(segments.subList(0, segments.size() - 1)));
        }
        yield last.endsWith("s")
            ? "create" + object(singular(segments))
            : word(last, false) + object(segments.subList(0, segments.size() - 1));
      }
    };
  }

  /** The collection that it belongs to, else the surface, else the instance as a whole. */
  static String tag(Surface surface, Endpoint endpoint) {
    if (surface.base().isEmpty()) {
      return surface.name();
    }
    String first = segments(endpoint.path()).getFirst();
    return first.endsWith("s") ? first : "instance";
  }

  private static List<String> segments(String path) {
    return Arrays.stream(path.split("/", -1)).filter(segment -> !segment.isEmpty()).toList();
  }

  /** The same with its last one, which one of many is meant by, in the singular. */
  private static List<String> singular(List<String> segments) {
    List<String> changed = new ArrayList<>(segments);
    changed.add("{}");
    return changed;
  }

  /** The segments as one word; a collection is named in the singular when one of it is meant. */
  private static String object(List<String> segments) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      boolean one = i + 1 < segments.size() && isParameter(segments.get(i + 1));
      if (!isParameter(segment)) {
        words.append(word(one ? segment.replaceFirst("s$", "") : segment, true));
      }
    }
    return words.toString();
  }

  private static boolean isParameter(String segment) {
    return segment.startsWith("{");
  }

  private static String word(String segment, boolean capital) {
    StringBuilder word = new StringBuilder();
    for (String part : segment.split("[^A-Za-z0-9]+", -1)) {
      if (!part.isEmpty()) {
        String first = part.substring(0, 1);
        boolean upper = capital || !word.isEmpty();
        word.append(upper ? first.toUpperCase(Locale.ROOT) : first).append(part.substring(1));
      }
    }
    return word.toString();
  }
}
