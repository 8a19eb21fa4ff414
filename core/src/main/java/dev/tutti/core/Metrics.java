package dev.tutti.core;

import java.util.function.LongSupplier;

/**
 * Where numbers about the running program go. Names follow Prometheus: {@code tutti_…}, units and
 * {@code _total} at the end.
 */
public interface Metrics {

  /**
   * A number that only grows, split by the values of one label; the same name gives the same
   * counter.
   */
  Counter counter(String name, String help, String label);

  /** A number that is asked for whenever somebody looks. */
  void gauge(String name, String help, LongSupplier value);

  /** A number that only grows. */
  @FunctionalInterface
  interface Counter {
    void add(String labelValue, long amount);
  }

  /** Counts nothing. */
  static Metrics none() {
    return new Metrics() {
      @Override
      public Counter counter(String name, String help, String label) {
        return (_, _) -> {};
      }

      @Override
      public void gauge(String name, String help, LongSupplier value) {}
    };
  }
}
