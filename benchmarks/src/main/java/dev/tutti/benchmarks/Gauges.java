package dev.tutti.benchmarks;

import dev.tutti.core.Metrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Keeps gauges, to be asked; counts nothing. */
final class Gauges implements Metrics {

  private final Map<String, LongSupplier> gauges = new ConcurrentHashMap<>();

  @Override
  public Counter counter(String name, String help, String label) {
    return (_, _) -> {};
  }

  @Override
  public void gauge(String name, String help, LongSupplier value) {
    gauges.put(name, value);
  }

  long value(String name) {
    LongSupplier gauge = gauges.get(name);
    if (gauge == null) {
      throw new IllegalArgumentException("no gauge " + name);
    }
    return gauge.getAsLong();
  }
}
