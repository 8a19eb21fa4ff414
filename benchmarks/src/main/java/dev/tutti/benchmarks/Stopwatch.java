package dev.tutti.benchmarks;

/** Time since it was made. */
final class Stopwatch {

  private final long start = System.nanoTime();

  double millis() {
    return (System.nanoTime() - start) / 1e6;
  }

  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
