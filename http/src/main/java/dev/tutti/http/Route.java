package dev.tutti.http;

import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Surface;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An endpoint under its full path.
 *
 * @param pattern base and path, such as {@code /api/v1/models/{id}}
 * @param segments the pattern, cut at its slashes
 */
record Route(Surface surface, Endpoint endpoint, String pattern, List<Segment> segments) {

  /** Either text that has to be there or the name of a parameter. */
  record Segment(String text, boolean parameter) {

    static Segment of(String written) {
      return written.startsWith("{") && written.endsWith("}")
          ? new Segment(written.substring(1, written.length() - 1), true)
          : new Segment(written, false);
    }

    boolean accepts(String value) {
      return parameter ? !value.isEmpty() : text.equals(value);
    }
  }

  static Route of(Surface surface, Endpoint endpoint) {
    String pattern = surface.base() + endpoint.path();
    List<Segment> segments = new ArrayList<>();
    for (String written : pattern.substring(Math.min(1, pattern.length())).split("/", -1)) {
      segments.add(Segment.of(written));
    }
    return new Route(surface, endpoint, pattern, List.copyOf(segments));
  }

  /** The values of the parameters when the path fits. */
  Optional<Map<String, String>> match(List<String> path) {
    if (path.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      Segment segment = segments.get(i);
      if (!segment.accepts(path.get(i))) {
        return Optional.empty();
      }
      if (segment.parameter()) {
        values.put(segment.text(), path.get(i));
      }
    }
    return Optional.of(values);
  }

  /** Routes with the same key would answer the same requests. */
  String key() {
    StringBuilder key = new StringBuilder(endpoint.method().name());
    for (Segment segment : segments) {
      key.append('/').append(segment.parameter() ? "{}" : segment.text());
    }
    return key.toString();
  }

  /** Sorts a route with text before one that has a parameter in its place. */
  String rank() {
    StringBuilder rank = new StringBuilder();
    for (Segment segment : segments) {
      rank.append(segment.parameter() ? '1' : '0');
    }
    return rank.toString();
  }
}
