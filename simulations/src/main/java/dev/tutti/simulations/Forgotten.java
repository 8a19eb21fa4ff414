package dev.tutti.simulations;

import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;
import java.time.Instant;

/**
 * That a simulation was deleted where the original would have forgotten it. We keep its record; the
 * original's surface does not show it any more.
 */
record Forgotten(String simulation, Instant at) {

  static final DocumentKind<Forgotten> KIND =
      DocumentKind.of(
          "simulation-forgotten", Forgotten.class, f -> new Attributes("", f.simulation(), ""));
}
