package dev.tutti.core.policy;

import java.util.Locale;

/**
 * Where an image comes from, told by its reference as registries and engines read it: {@code
 * registry/path:tag}, where the registry is left out for {@value #DEFAULT_REGISTRY}.
 */
record ImageName(String registry, String path) {

  private static final String DEFAULT_REGISTRY = "docker.io";
  private static final String OFFICIAL = "library/";

  static ImageName of(String reference) {
    int slash = reference.indexOf('/');
    String first = slash < 0 ? "" : reference.substring(0, slash);
    boolean named = first.contains(".") || first.contains(":") || first.equals("localhost");
    if (!named) {
      return new ImageName(DEFAULT_REGISTRY, slash < 0 ? OFFICIAL + reference : reference);
    }
    String registry = first.toLowerCase(Locale.ROOT);
    return new ImageName(
        registry.equals("index.docker.io") ? DEFAULT_REGISTRY : registry,
        reference.substring(slash + 1));
  }

  /** Whether it comes from there: a registry, or a registry and the beginning of a path. */
  boolean isFrom(String place) {
    String whole = registry + "/" + path;
    return (whole + "/").startsWith(place + "/") || isTaggedOr(whole, place);
  }

  /** {@code docker.io/acme/pv} allows every tag of that image. */
  private static boolean isTaggedOr(String whole, String place) {
    return place.indexOf('/') >= 0
        && (whole.startsWith(place + ":") || whole.startsWith(place + "@"));
  }
}
