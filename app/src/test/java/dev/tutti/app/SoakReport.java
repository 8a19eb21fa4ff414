package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * The figures of a soak, and whether they are flat: the median of the first quarter after the
 * warm-up against that of the last.
 *
 * <p>What may differ: resident memory 15 % and 30 MB (the JVM compiles and loads for long), live
 * heap 20 % and 8 MB, files and threads 10 (pools that grow with the load), the data folder a
 * quarter and 4 MB (pages that the database reuses). Of a workload nothing may be left at all;
 * {@link Soak} looks after every round.
 */
final class SoakReport implements AutoCloseable {

  private static final double WARM_UP = 0.15;

  /**
   * @param at since the begin
   * @param life which process of the server it was
   */
  private record Sample(Duration at, int life, ServerProcess.Footprint footprint) {}

  private record Tolerance(double factor, long more) {

    double of(long first) {
      return first * factor + more;
    }
  }

  private final PrintWriter out;
  private final Duration lasts;
  private final List<Sample> samples = new ArrayList<>();
  private final Map<String, Long> counts = new TreeMap<>();

  SoakReport(Path file, Duration lasts, long seed) throws IOException {
    Files.createDirectories(file.getParent());
    this.lasts = lasts;
    out = new PrintWriter(Files.newBufferedWriter(file), true);
    out.printf("soak of %s, seed %d%n", lasts, seed);
    out.printf(
        "%8s %5s %7s %7s %6s %8s %8s%n",
        "at", "life", "rss MB", "heap MB", "files", "threads", "data kB");
  }

  void count(String what, long more) {
    counts.merge(what, more, Long::sum);
  }

  void sample(Duration at, int life, ServerProcess.Footprint now) {
    samples.add(new Sample(at, life, now));
    out.printf(
        "%7ds %5d %7d %7d %6d %8d %8d%n",
        at.toSeconds(),
        life,
        now.residentMegabytes(),
        now.heapMegabytes(),
        now.files(),
        now.threads(),
        now.dataKilobytes());
  }

  /** What a process holds is compared in the longest life, what is on disk over all of them. */
  void requireFlat(int life) {
    counts.forEach((what, number) -> out.printf("%-32s %8d%n", what, number));
    List<Sample> all = settled(samples);
    List<Sample> one = settled(samples.stream().filter(s -> s.life() == life).toList());
    List<String> grown = new ArrayList<>();
    compare("rss MB", one, f -> f.residentMegabytes(), new Tolerance(1.15, 30), grown);
    compare("heap MB", one, f -> f.heapMegabytes(), new Tolerance(1.2, 8), grown);
    compare("files", one, f -> f.files(), new Tolerance(1, 10), grown);
    compare("threads", one, f -> f.threads(), new Tolerance(1, 10), grown);
    compare("data kB", all, f -> f.dataKilobytes(), new Tolerance(1.25, 4096), grown);
    assertThat(grown).as("what grew").isEmpty();
  }

  private List<Sample> settled(List<Sample> of) {
    assertThat(of).as("samples to compare").hasSizeGreaterThanOrEqualTo(8);
    Duration begin = of.getFirst().at();
    Duration warm = begin.plus(Duration.ofMillis((long) (lasts.toMillis() * WARM_UP)));
    return of.stream().filter(s -> s.at().compareTo(warm) >= 0).toList();
  }

  private void compare(
      String figure,
      List<Sample> of,
      ToLongFunction<ServerProcess.Footprint> value,
      Tolerance tolerance,
      List<String> grown) {
    int quarter = Math.max(1, of.size() / 4);
    long first = median(of.subList(0, quarter), value);
    long last = median(of.subList(of.size() - quarter, of.size()), value);
    double allowed = tolerance.of(first);
    out.printf("%-10s first quarter %8d, last %8d, allowed %10.1f%n", figure, first, last, allowed);
    if (last > allowed) {
      grown.add("%s from %d to %d, allowed are %.1f".formatted(figure, first, last, allowed));
    }
  }

  private static long median(List<Sample> of, ToLongFunction<ServerProcess.Footprint> value) {
    long[] sorted = of.stream().map(Sample::footprint).mapToLong(value).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  void say(String line) {
    out.println(line);
  }

  @Override
  public void close() {
    out.close();
  }
}
