package dev.tutti.app;

import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.bus.Bus;
import dev.tutti.core.store.Store;
import java.util.function.UnaryOperator;

/**
 * What stands between the core and its adapters: nothing, but in tests that end the process in the
 * middle of a call.
 */
record Seams(
    UnaryOperator<Store> store, UnaryOperator<Backplane> backplane, UnaryOperator<Bus> bus) {

  static Seams none() {
    return new Seams(UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity());
  }
}
