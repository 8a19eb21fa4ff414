package dev.tutti.core.surface;

import java.util.List;

/**
 * A set of routes with a base path: our API, or the one of an existing program.
 *
 * @param name one word, for logs and configuration
 * @param base path that all its endpoints begin with, without a slash at the end; may be empty
 */
public record Surface(String name, String base, List<Endpoint> endpoints) {

  public Surface {
    endpoints = List.copyOf(endpoints);
  }
}
