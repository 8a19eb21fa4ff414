package dev.tutti.core.surface;

import java.util.List;

/**
 * A set of routes with a base path: our API, or the one of an existing program, whose clients
 * expect their own way of authentication and their own form of errors.
 *
 * @param name one word, for logs and configuration
 * @param base path that all its endpoints begin with, without a slash at the end; may be empty
 * @param authentication how it knows who calls
 * @param errors how it tells what went wrong, also for paths below its base that it has no route
 *     for
 */
public record Surface(
    String name,
    String base,
    List<Endpoint> endpoints,
    Authentication authentication,
    ErrorRendering errors) {

  public Surface {
    endpoints = List.copyOf(endpoints);
  }

  /** A surface of our own API, whose endpoints keep our {@link Conventions}. */
  public Surface(String name, String base, List<Endpoint> endpoints) {
    this(
        name,
        base,
        endpoints.stream().map(Conventions::kept).toList(),
        new Authentication.Tokens(),
        new ErrorRendering.AsProblem());
  }
}
