package dev.tutti.models.simulated;

import dev.tutti.core.Metrics;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** What a process says of itself: how many places are used, lanes and strands busy. */
final class Gauges implements Metrics {

  private final Map<String, LongSupplier> gauges = new HashMap<>();

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
