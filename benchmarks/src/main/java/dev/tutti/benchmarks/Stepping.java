package dev.tutti.benchmarks;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.Timer;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import dev.tutti.store.DataFolder;
import dev.tutti.store.SqliteStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * A step of a simulation, beside a bare loop that publishes and echoes over the same broker, and
 * beside one durable commit: what the orchestrator adds to what cannot be avoided.
 */
final class Stepping implements Benchmark {

  private static final List<Integer> SIZES = List.of(3, 50, 400);
  private static final int LARGEST = 400;
  private static final double ALLOWED = 1.3;
  private static final double OWN_SHARE_MILLIS = 5;
  // Each of them may take 40 ms and more.
  private static final int DELAYED_ROUNDS = 40;

  @Override
  public String name() {
    return "steps";
  }

  @Override
  public List<Figure> run(Session session) throws Exception {
    List<Figure> figures = new ArrayList<>();
    List<Double> commits = commits(session.folder("commits"), session.repetitions(1_000, 200));
    figures.add(Figure.of("one durable commit", commits, "ms"));
    double commit = Figure.percentile(commits, 50);
    IntUnaryOperator rounds = models -> session.repetitions(120_000, 30_000) / (models + 30);
    try (MeasuredBroker broker = MeasuredBroker.Embedded.start(session.folder("broker"))) {
      measure(session, new Course("embedded", broker.port(), rounds, true), commit, figures);
    }
    for (boolean noDelay : List.of(true, false)) {
      Optional<MeasuredBroker.Mosquitto> mosquitto =
          MeasuredBroker.Mosquitto.start(session.folder("mosquitto"), noDelay);
      if (mosquitto.isEmpty()) {
        session.say("there is no Mosquitto on this machine");
        return figures;
      }
      try (MeasuredBroker broker = mosquitto.get()) {
        Course course =
            noDelay
                ? new Course("Mosquitto", broker.port(), rounds, true)
                : new Course(MeasuredBroker.DELAYED, broker.port(), _ -> DELAYED_ROUNDS, false);
        measure(session, course, commit, figures);
      }
    }
    return figures;
  }

  /**
   * What is measured on one broker.
   *
   * @param rounds how many there are of so many models
   * @param held whether budgets are for this broker
   */
  private record Course(String broker, int port, IntUnaryOperator rounds, boolean held) {

    Figure figure(int models, String what, List<Double> samples, Optional<Budget> budget) {
      String name = "%s, %d models, %s".formatted(broker, models, what);
      return new Figure(name, samples, "ms", budget.filter(_ -> held));
    }
  }

  private static void measure(Session session, Course course, double commit, List<Figure> figures)
      throws Exception {
    try (StepRig rig = new StepRig(session.folder("steps"), course.port())) {
      for (int models : SIZES) {
        int rounds = course.rounds().applyAsInt(models);
        int warmUp = rounds / 2;
        List<Double> bare = BareLoop.run(course.port(), models, warmUp, rounds);
        StepRig.Run run = rig.run(models, warmUp, rounds);
        List<Double> steps = run.steps();
        double loop = Figure.percentile(bare, 50);
        double step = Figure.percentile(steps, 50);
        session.say(
            "%s, %d models: loop %.2f ms, step %.2f ms"
                .formatted(course.broker(), models, loop, step));
        figures.add(course.figure(models, "bare loop", bare, Optional.empty()));
        figures.add(
            course.figure(
                models, "step", steps, Optional.of(Budget.atMost(ALLOWED * (loop + commit)))));
        figures.add(
            course.figure(
                models,
                "step without loop",
                steps.stream().map(millis -> millis - loop).toList(),
                Optional.empty()));
        figures.add(
            course.figure(
                models,
                "last answer to next step",
                run.turnarounds(),
                Optional.of(Budget.atMost(OWN_SHARE_MILLIS)).filter(_ -> models == LARGEST)));
      }
    }
  }

  /** What a step writes: a document of its size, and a timer. */
  private static List<Double> commits(Path folder, int count) {
    List<Double> millis = new ArrayList<>();
    OwnerRef owner = new OwnerRef("simulation", "bench");
    Counting.Count body = new Counting.Count("bench", 0, "x".repeat(1_000));
    try (SqliteStore store = SqliteStore.open(DataFolder.open(folder))) {
      for (int i = 0; i < 2 * count; i++) {
        Instant now = Instant.now();
        Transaction transaction =
            Transaction.of(
                new Write.PutDocument<>(Counting.COUNT, "bench", i, body, now),
                new Write.SetTimer(new Timer(owner, "STEP", now.plusSeconds(600))));
        Stopwatch watch = new Stopwatch();
        var _ = store.commit(transaction);
        if (i >= count) {
          millis.add(watch.millis());
        }
      }
    }
    return millis;
  }
}
