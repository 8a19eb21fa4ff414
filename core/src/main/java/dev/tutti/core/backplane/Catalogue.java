package dev.tutti.core.backplane;

import java.util.Optional;

/** Tells what an image reference means. */
@FunctionalInterface
public interface Catalogue {

  Optional<Image> find(String reference);
}
