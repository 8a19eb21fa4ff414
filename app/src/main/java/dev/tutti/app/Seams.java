package dev.tutti.app;

import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.bus.Bus;
import dev.tutti.core.feature.Feature;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.Store;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What stands between the core and its adapters: nothing, but in tests that end the process in the
 * middle of a call.
 *
 * @param features what a test adds to those of the program
 */
record Seams(
    UnaryOperator<Store> store,
    UnaryOperator<Backplane> backplane,
    UnaryOperator<Bus> bus,
    Function<Engine, List<Feature>> features) {

  /** Nothing in between, and features of a test beside those of the program. */
  static Seams adding(Function<Engine, List<Feature>> features) {
    return new Seams(
        UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity(), features);
  }

  static Seams none() {
    return adding(_ -> List.of());
  }
}
