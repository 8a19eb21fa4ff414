package dev.tutti.simulations.results;

import java.util.OptionalDouble;

/**
 * The numbers of one field at a glance. Without numbers all three are 0.
 *
 * @param count how many numbers there are
 */
public record FieldSummary(long count, double min, double mean, double max) {

  static final FieldSummary NONE = new FieldSummary(0, 0, 0, 0);

  FieldSummary with(OptionalDouble number) {
    if (number.isEmpty()) {
      return this;
    }
    double value = number.getAsDouble();
    if (count == 0) {
      return new FieldSummary(1, value, value, value);
    }
    return new FieldSummary(
        count + 1, Math.min(min, value), mean + (value - mean) / (count + 1), Math.max(max, value));
  }
}
