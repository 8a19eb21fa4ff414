package dev.tutti.core.group;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Failures of what was done at the same time, the first with the others below it. */
final class Failures {

  private final Queue<RuntimeException> all = new ConcurrentLinkedQueue<>();

  void collect(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException failure) {
      all.add(failure);
    }
  }

  void rethrow() {
    RuntimeException first = all.poll();
    if (first != null) {
      all.forEach(first::addSuppressed);
      throw first;
    }
  }
}
