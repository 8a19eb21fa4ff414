package dev.tutti.http;

import dev.tutti.core.Problem;
import dev.tutti.core.surface.ErrorRendering;
import dev.tutti.core.surface.Method;
import dev.tutti.core.surface.Surface;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the endpoint that a path means. Text wins over a parameter in the same place. */
final class RouteTable {

  private static final int MAX_SEGMENTS = 64;

  /** By number of segments; within it in the order in which they are tried. */
  private final Map<Integer, List<Route>> routes;

  /** Those with the longest base first. */
  private final List<Surface> surfaces;

  /** A route and the values of the parameters in its path. */
  record Found(Route route, Map<String, String> parameters) {}

  private RouteTable(List<Surface> surfaces, List<Route> routes) {
    this.surfaces =
        surfaces.stream()
            .sorted(
                Comparator.comparingInt((Surface surface) -> surface.base().length()).reversed())
            .toList();
    this.routes =
        routes.stream()
            .sorted(Comparator.comparing(Route::rank))
            .collect(Collectors.groupingBy(route -> route.segments().size()));
  }

  /**
   * Takes in all routes.
   *
   * @throws IllegalArgumentException naming everything that is wrong with them
   */
  static RouteTable of(List<Surface> surfaces) {
    List<String> wrong = new ArrayList<>();
    Map<String, Route> byKey = new TreeMap<>();
    for (Surface surface : surfaces) {
      for (var endpoint : surface.endpoints()) {
        Route route = Route.of(surface, endpoint);
        if (!route.pattern().startsWith("/")) {
          wrong.add("'%s' does not begin with a slash".formatted(route.pattern()));
        }
        Route other = byKey.put(route.key(), route);
        if (other != null) {
          wrong.add(
              "%s %s and %s answer the same requests"
                  .formatted(endpoint.method(), other.pattern(), route.pattern()));
        }
      }
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException("Routes: " + String.join("; ", wrong) + ".");
    }
    return new RouteTable(surfaces, List.copyOf(byKey.values()));
  }

  /**
   * Finds the route for a request.
   *
   * @param method as it was sent; HEAD is answered by what answers GET
   * @param rawPath as it was sent: cut into segments first and decoded once afterwards, so that an
   *     encoded slash stays within its segment
   */
  Found find(String method, String rawPath) {
    List<String> path = segments(rawPath);
    String wanted = method.equals("HEAD") ? Method.GET.name() : method;
    TreeSet<String> allowed = new TreeSet<>();
    for (Route route : routes.getOrDefault(path.size(), List.of())) {
      var parameters = route.match(path);
      if (parameters.isPresent()) {
        String offered = route.endpoint().method().name();
        if (offered.equals(wanted)) {
          return new Found(route, parameters.get());
        }
        allowed.add(offered);
        if (offered.equals(Method.GET.name())) {
          allowed.add("HEAD");
        }
      }
    }
    throw allowed.isEmpty() ? unknown(path) : notAllowed(method, allowed);
  }

  /** How errors are told to whoever asks for this path, whether there is a route for it or not. */
  ErrorRendering errors(String rawPath) {
    return surfaces.stream()
        .filter(surface -> (rawPath + "/").startsWith(surface.base() + "/"))
        .map(Surface::errors)
        .findFirst()
        .orElseGet(ErrorRendering.AsProblem::new);
  }

  private static List<String> segments(String rawPath) {
    if (!rawPath.startsWith("/")) {
      throw PercentText.malformed("It has to begin with a slash.");
    }
    String[] raw = rawPath.substring(1).split("/", MAX_SEGMENTS);
    List<String> segments = new ArrayList<>(raw.length);
    for (String written : raw) {
      String segment = PercentText.decode(written);
      // Whoever sends these wants to climb: clients resolve them before they send.
      if (segment.equals(".") || segment.equals("..")) {
        throw PercentText.malformed("It holds a segment '%s'.".formatted(segment));
      }
      if (segment.chars().anyMatch(Character::isISOControl)) {
        throw PercentText.malformed("It holds a control character.");
      }
      segments.add(segment);
    }
    return segments;
  }

  private static Refusal unknown(List<String> path) {
    String shown = "/" + String.join("/", path);
    return new Refusal(
        Problem.of(
            "route-unknown",
            404,
            "There is nothing at '%s'."
                .formatted(shown.length() > 200 ? shown.substring(0, 200) + "…" : shown)));
  }

  private static Refusal notAllowed(String method, Collection<String> allowed) {
    String list = String.join(", ", allowed);
    return new Refusal(
        Problem.of("method-not-allowed", 405, "%s is not possible here.".formatted(method))
            .suggesting("Possible are: " + list + "."),
        Map.of("Allow", list));
  }
}
