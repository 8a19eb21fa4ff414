package dev.tutti.benchmarks;

/**
 * Models of which each waits in each step for what the one before it calculates. Numbered from 1;
 * may be used by any thread.
 */
final class Ring {

  private final boolean[] half;

  Ring(int size) {
    half = new boolean[size + 1];
  }

  /** Who waits for what this one calculates. */
  int after(int model) {
    return model % (half.length - 1) + 1;
  }

  /** A model was asked for a step; whether it is done with it. */
  boolean asked(int model) {
    return both(model);
  }

  /** A model got what it waits for; whether it is done with its step. */
  boolean received(int model) {
    return both(model);
  }

  /** Each happens once in a step, and the next step comes when all are done with this one. */
  private synchronized boolean both(int model) {
    half[model] = !half[model];
    return !half[model];
  }
}
