package dev.tutti.benchmarks;

import dev.tutti.core.run.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Durable transitions a second: each owner is asked, and asked again as soon as the answer is
 * durable. Beside it, what the disk allows and what a peer does, taken in turns.
 */
final class Transitions implements Benchmark {

  private static final int GROUP = 64;
  private static final List<Integer> OWNERS = List.of(1, 8, 64);
  private static final String SERIAL = "bare SQLite, one commit each";
  private static final String GROUPED = "bare SQLite, 64 in a commit";
  private static final String PEER = "db-scheduler 16.12 on SQLite";

  /** One thing to measure. */
  @FunctionalInterface
  private interface Measure {
    double perSecond() throws Exception;
  }

  @Override
  public String name() {
    return "transitions";
  }

  @Override
  public List<Figure> run(Session session) throws Exception {
    double seconds = session.quick() ? 1 : 2;
    int jobs = session.quick() ? 1_000 : 4_000;
    Map<String, List<Double>> samples = new LinkedHashMap<>();
    Path folder = session.folder("transitions");
    try (EngineRig rig = new EngineRig(folder.resolve("engine"));
        BareSqlite bare = new BareSqlite(folder.resolve("bare"))) {
      rig.engine().register(new Counting());
      rig.engine().register(Counting.sending());
      rig.engine().recover();
      Map<String, Measure> measures = new LinkedHashMap<>();
      measures.put(SERIAL, () -> bare(bare, 1, seconds));
      OWNERS.forEach(n -> measures.put(owners(n), () -> engine(rig.engine(), n, seconds)));
      measures.put(GROUPED, () -> bare(bare, GROUP, seconds));
      measures.put(PEER, () -> SchedulerPeer.jobsPerSecond(session.folder("jobs"), jobs));
      for (Measure warmUp : measures.values()) {
        warmUp.perSecond();
      }
      for (int i = 0; i < session.repetitions(7, 3); i++) {
        for (Map.Entry<String, Measure> measure : measures.entrySet()) {
          double value = measure.getValue().perSecond();
          session.say("%s: %.0f/s".formatted(measure.getKey(), value));
          samples.computeIfAbsent(measure.getKey(), _ -> new ArrayList<>()).add(value);
        }
      }
    }
    Session.delete(folder);
    return figures(samples);
  }

  private static String owners(int number) {
    return number == 1 ? "1 owner" : number + " owners";
  }

  private static List<Figure> figures(Map<String, List<Double>> samples) {
    List<Figure> figures = new ArrayList<>();
    samples.forEach((what, values) ->
        figures.add(
            what.equals(owners(GROUP))
                ? Figure.of(what, values, "1/s", Budget.atLeast(12_000))
                : Figure.of(what, values, "1/s")));
    figures.add(ratio("1 owner : bare serial", samples, owners(1), SERIAL, Budget.atLeast(60)));
    figures.add(
        Figure.of("64 owners : bare grouped", ratios(samples, owners(GROUP), GROUPED), "%"));
    return figures;
  }

  private static Figure ratio(
      String what, Map<String, List<Double>> samples, String of, String to, Budget budget) {
    return Figure.of(what, ratios(samples, of, to), "%", budget);
  }

  /** Of neighbours in time, so that a slow minute of the machine harms both. */
  private static List<Double> ratios(Map<String, List<Double>> samples, String of, String to) {
    List<Double> ours = samples.getOrDefault(of, List.of());
    List<Double> theirs = samples.getOrDefault(to, List.of());
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      ratios.add(100 * ours.get(i) / theirs.get(i));
    }
    return ratios;
  }

  private static double bare(BareSqlite bare, int together, double seconds) throws Exception {
    Stopwatch watch = new Stopwatch();
    long done = 0;
    while (watch.seconds() < seconds) {
      bare.commit(together);
      done += together;
    }
    return done / watch.seconds();
  }

  private static double engine(Engine engine, int owners, double seconds) throws Exception {
    Stopwatch watch = new Stopwatch();
    long done = 0;
    try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> answers = new ArrayList<>();
      for (int i = 0; i < owners; i++) {
        int owner = i;
        answers.add(askers.submit(() -> ask(engine, owner, watch, seconds)));
      }
      for (Future<Long> answer : answers) {
        done += answer.get();
      }
    }
    return done / watch.seconds();
  }

  private static long ask(Engine engine, int owner, Stopwatch watch, double seconds)
      throws InterruptedException {
    long done = 0;
    while (watch.seconds() < seconds) {
      engine.strands().ask(Counting.owner(owner), new Counting.Add(), Integer.class);
      done++;
    }
    return done;
  }
}
