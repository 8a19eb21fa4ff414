package dev.tutti.benchmarks;

import java.util.List;
import java.util.Optional;

/**
 * What was measured of one thing.
 *
 * @param samples one value for each repetition
 */
record Figure(String what, List<Double> samples, String unit, Optional<Budget> budget) {

  Figure {
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured of " + what);
    }
  }

  static Figure of(String what, List<Double> samples, String unit) {
    return new Figure(what, samples, unit, Optional.empty());
  }

  static Figure of(String what, List<Double> samples, String unit, Budget budget) {
    return new Figure(what, samples, unit, Optional.of(budget));
  }

  double median() {
    return percentile(50);
  }

  double min() {
    return percentile(0);
  }

  double max() {
    return percentile(100);
  }

  private double percentile(int percent) {
    return percentile(samples, percent);
  }

  /** The sample below which that many lie, by nearest rank; of two in the middle, their mean. */
  static double percentile(List<Double> samples, int percent) {
    List<Double> sorted = samples.stream().sorted().toList();
    int size = sorted.size();
    if (percent == 50 && size % 2 == 0) {
      return (sorted.get(size / 2 - 1) + sorted.get(size / 2)) / 2;
    }
    int rank = (int) Math.ceil(percent / 100.0 * size);
    return sorted.get(Math.clamp(rank - 1, 0, size - 1));
  }

  Optional<Boolean> met() {
    return budget.map(b -> b.met(median()));
  }
}
