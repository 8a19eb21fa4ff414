package dev.tutti.core.backplane;

import java.util.Optional;

/** Looks at images that a backplane has; nothing is started, and nothing fetched. */
@FunctionalInterface
public interface ImageInspection {

  /** Empty when the backplane does not have it, which a registry still may. */
  Optional<ImageFacts> find(String reference);
}
