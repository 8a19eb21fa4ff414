package dev.tutti.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A whole simulation whose models exchange data in each step, beside a bare loop with the same
 * messages over the same broker, and what it costs the server in memory.
 *
 * @param atQuick how many steps there are when it has to be quick
 */
record LongRun(String name, int models, int steps, int atQuick) implements Benchmark {

  private static final double MEBI = 1 << 20;
  private static final long LATEST_SECONDS = 3_600;
  private static final int LONGEST_BARE = 2_000;
  // Each of its rounds may take 40 ms and more.
  private static final int DELAYED = 40;

  /** A simulated year of a small street. */
  static LongRun year() {
    return new LongRun("year", 20, 8_760, 876);
  }

  /** A day of as many models as one simulator should have. */
  static LongRun exchange() {
    return new LongRun("exchange", 400, 96, 24);
  }

  @Override
  public List<Figure> run(Session session) throws Exception {
    List<Figure> figures = new ArrayList<>();
    int count = session.repetitions(steps, atQuick);
    measure(session, "embedded", 0, count, figures);
    for (boolean noDelay : List.of(true, false)) {
      Optional<MeasuredBroker.Mosquitto> mosquitto =
          MeasuredBroker.Mosquitto.start(session.folder("mosquitto"), noDelay);
      if (mosquitto.isEmpty()) {
        session.say("there is no Mosquitto on this machine");
        return figures;
      }
      try (MeasuredBroker broker = mosquitto.get()) {
        if (noDelay) {
          measure(session, "Mosquitto", broker.port(), count, figures);
        } else {
          measure(session, MeasuredBroker.DELAYED, broker.port(), DELAYED, figures);
        }
      }
    }
    return figures;
  }

  private void measure(Session session, String broker, int port, int count, List<Figure> figures)
      throws Exception {
    Path folder = session.folder(name);
    try (ServerPartProcess server = new ServerPartProcess(folder, port);
        SteppedModels fast = new SteppedModels(server.port())) {
      int rounds = Math.min(count, LONGEST_BARE);
      List<Double> bare = BareLoop.exchange(server.port(), models, rounds / 2, rounds);
      var _ = simulate(server, fast, Math.max(count / 10, 2));
      ServerPartProcess.Memory before = server.memory();
      long began = System.nanoTime();
      List<Double> millis = simulate(server, fast, count);
      double seconds = (System.nanoTime() - began) / 1e9;
      ServerPartProcess.Memory after = server.memory();
      double loop = Figure.percentile(bare, 50);
      session.say(
          "%s, %d models, %,d steps: %.1f s, loop %.2f ms, step %.2f ms"
              .formatted(broker, models, count, seconds, loop, Figure.percentile(millis, 50)));
      String what = "%s, %d models, %,d steps, ".formatted(broker, models, count);
      figures.add(Figure.of(what + "all of it", List.of(seconds), "s"));
      figures.add(Figure.of(what + "bare loop", bare, "ms"));
      figures.add(Figure.of(what + "step", millis, "ms"));
      figures.add(Figure.of(what + "own share", millis.stream().map(m -> m - loop).toList(), "ms"));
      figures.add(mebibytes(what + "live heap before", before.liveHeap()));
      figures.add(mebibytes(what + "live heap after", after.liveHeap()));
      figures.add(mebibytes(what + "resident before", before.resident()));
      figures.add(mebibytes(what + "resident after", after.resident()));
    } finally {
      Session.delete(folder);
    }
  }

  private static Figure mebibytes(String what, long bytes) {
    return Figure.of(what, List.of(bytes / MEBI), "MiB");
  }

  private List<Double> simulate(ServerPartProcess server, SteppedModels fast, int count)
      throws IOException, InterruptedException {
    fast.expect(models, true);
    server.start(models, count);
    return fast.await(count, LATEST_SECONDS);
  }
}
