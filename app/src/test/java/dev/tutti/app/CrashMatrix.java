package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Plays positions of the crash matrix on chains side by side. How often notices were repeated
 * stands in {@code target/crash-matrix}.
 */
final class CrashMatrix {

  private final String name;
  private final boolean noticesAreKept;
  private final int sideBySide;
  private final Making making;

  /** How a chain is made. */
  @FunctionalInterface
  interface Making {
    CrashChain chain() throws Exception;
  }

  /**
   * What to play on.
   *
   * @param noticesAreKept whether the broker keeps what it took when a server ends
   */
  CrashMatrix(String name, boolean noticesAreKept, int sideBySide, Making making) {
    this.name = name;
    this.noticesAreKept = noticesAreKept;
    this.sideBySide = sideBySide;
    this.making = making;
  }

  /** From the first one on, in strides. */
  static IntFunction<List<Integer>> every(int first, int stride) {
    return positions ->
        IntStream.iterate(first, at -> at <= positions, at -> at + stride).boxed().toList();
  }

  /** So many, evenly, and not at the very end. */
  static IntFunction<List<Integer>> spread(int count) {
    return positions ->
        IntStream.range(0, count)
            .map(i -> 1 + positions * (2 * i + 1) / (2 * count))
            .boxed()
            .toList();
  }

  /**
   * Plays.
   *
   * @param sample gives the positions to play, of so many as there are
   */
  void play(IntFunction<List<Integer>> sample) throws Exception {
    List<CrashChain> chains = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(sideBySide)) {
      for (int i = 0; i < sideBySide; i++) {
        chains.add(making.chain());
      }
      int positions = chains.getFirst().positions();
      assertThat(positions).as("positions of the scenario").isGreaterThan(40);
      ConcurrentLinkedQueue<Integer> todo = new ConcurrentLinkedQueue<>(sample.apply(positions));
      List<Future<List<CrashChain.Outcome>>> running = new ArrayList<>();
      for (CrashChain chain : chains) {
        running.add(threads.submit(() -> play(chain, todo)));
      }
      List<CrashChain.Outcome> outcomes = new ArrayList<>();
      for (Future<List<CrashChain.Outcome>> each : running) {
        outcomes.addAll(each.get());
      }
      report(positions, outcomes);
    } finally {
      chains.forEach(CrashChain::close);
    }
  }

  private static List<CrashChain.Outcome> play(
      CrashChain chain, ConcurrentLinkedQueue<Integer> todo) throws Exception {
    List<CrashChain.Outcome> outcomes = new ArrayList<>();
    for (Integer next = todo.poll(); next != null; next = todo.poll()) {
      outcomes.add(chain.play(next));
    }
    return outcomes;
  }

  private void report(int positions, List<CrashChain.Outcome> outcomes) throws IOException {
    long crashed = outcomes.stream().filter(CrashChain.Outcome::crashed).count();
    long lost = outcomes.stream().filter(o -> o.modelsReady() == 0).count();
    long repeated = outcomes.stream().mapToLong(CrashChain.Outcome::repeated).sum();
    Path folder = Files.createDirectories(Path.of("target", "crash-matrix"));
    Files.writeString(
        folder.resolve(name + ".txt"),
        "%d positions, played %d, crashed %d, ModelsReady not heard %d, ends told twice %d%n"
            .formatted(positions, outcomes.size(), crashed, lost, repeated));
    // Threads do not meet alike twice: the last positions may not be reached.
    assertThat(crashed).as("crashes").isGreaterThanOrEqualTo(outcomes.size() * 8L / 10);
    if (noticesAreKept) {
      assertThat(lost).as("ModelsReady lost between its mark and its send").isLessThan(crashed / 8);
    }
  }
}
