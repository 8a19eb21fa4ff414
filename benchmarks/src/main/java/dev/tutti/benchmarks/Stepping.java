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

/**
 * A step of a simulation, beside a bare loop that publishes and echoes over the same broker, and
 * beside one durable commit: what the orchestrator adds to what cannot be avoided.
 */
final class Stepping implements Benchmark {

  private static final List<Integer> SIZES = List.of(3, 50, 400);
  private static final int LARGEST = 400;
  private static final double ALLOWED = 1.3;
  private static final double OWN_SHARE_MILLIS = 5;

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
    try (MeasuredBroker broker = MeasuredBroker.Embedded.start(session.folder("broker"))) {
      measure(session, "embedded", broker, commit, figures);
    }
    Optional<MeasuredBroker.Mosquitto> mosquitto =
        MeasuredBroker.Mosquitto.start(session.folder("mosquitto"));
    if (mosquitto.isPresent()) {
      try (MeasuredBroker broker = mosquitto.get()) {
        measure(session, "Mosquitto", broker, commit, figures);
      }
    } else {
      session.say("there is no Mosquitto on this machine");
    }
    return figures;
  }

  private static void measure(
      Session session, String name, MeasuredBroker broker, double commit, List<Figure> figures)
      throws Exception {
    try (StepRig rig = new StepRig(session.folder("steps"), broker.port())) {
      for (int models : SIZES) {
        int rounds = session.repetitions(120_000, 30_000) / (models + 30);
        int warmUp = rounds / 2;
        List<Double> bare = BareLoop.run(broker.port(), models, warmUp, rounds);
        List<Double> steps = rig.run(models, warmUp, rounds);
        double loop = Figure.percentile(bare, 50);
        double step = Figure.percentile(steps, 50);
        session.say(
            "%s, %d models: loop %.2f ms, step %.2f ms".formatted(name, models, loop, step));
        String what = "%s, %d models, ".formatted(name, models);
        figures.add(Figure.of(what + "bare loop", bare, "ms"));
        figures.add(
            Figure.of(what + "step", steps, "ms", Budget.atMost(ALLOWED * (loop + commit))));
        List<Double> share = steps.stream().map(millis -> millis - loop).toList();
        figures.add(
            models == LARGEST
                ? Figure.of(what + "own share", share, "ms", Budget.atMost(OWN_SHARE_MILLIS))
                : Figure.of(what + "own share", share, "ms"));
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
