package dev.tutti.benchmarks;

import dev.tutti.backplane.process.ProcessBackplane;
import dev.tutti.core.backplane.WorkloadId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * From the kill of a process to the observation of its end, through the shell that waits for it:
 * for processes that we started, and for those that another one started which is gone.
 */
final class ExitDetection implements Benchmark {

  private static final long LATEST_SECONDS = 10;
  private static final long BETWEEN_MILLIS = 5;
  private static final int MANY = 100;

  private record Seen(WorkloadId id, long nanos) {}

  @Override
  public String name() {
    return "exit";
  }

  @Override
  public List<Figure> run(Session session) throws Exception {
    int batch = session.quick() ? 60 : MANY;
    int batches = session.repetitions(3, 1);
    own(session, batch / 2);
    List<Double> own = new ArrayList<>();
    List<Double> adopted = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      own.addAll(own(session, batch));
      adopted.addAll(adopted(session, batch));
    }
    List<Figure> figures = new ArrayList<>();
    figures.addAll(figures("own child", own));
    figures.addAll(figures("adopted", adopted));
    return figures;
  }

  private static List<Figure> figures(String name, List<Double> millis) {
    Budget budget = Budget.atMost(50);
    return List.of(
        Figure.of("%s, p50 of %d".formatted(name, millis.size()), millis, "ms", budget),
        Figure.of(
            "%s, p99 of %d".formatted(name, millis.size()),
            List.of(Figure.percentile(millis, 99)),
            "ms",
            budget));
  }

  private static List<Double> own(Session session, int count) throws Exception {
    Path folder = session.folder("own");
    try (ProcessBackplane backplane = Sleepers.open(folder)) {
      Sleepers.start(backplane, folder, count);
      return killAll(backplane, folder, count);
    }
  }

  private static List<Double> adopted(Session session, int count) throws Exception {
    Path folder = session.folder("adopted");
    Process starter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Sleepers.class.getName(),
                folder.toString(),
                Integer.toString(count))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    if (starter.waitFor() != 0) {
      throw new IllegalStateException("the other process could not start them");
    }
    try (ProcessBackplane backplane = Sleepers.open(folder)) {
      return killAll(backplane, folder, count);
    }
  }

  private static List<Double> killAll(ProcessBackplane backplane, Path folder, int count)
      throws Exception {
    BlockingQueue<Seen> ends = new LinkedBlockingQueue<>();
    backplane.watch((id, observation) -> {
      if (observation.terminal()) {
        ends.add(new Seen(id, System.nanoTime()));
      }
    });
    List<Double> millis = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        millis.add(kill(Sleepers.process(folder, i), Sleepers.id(i), ends));
      }
    } finally {
      for (int i = 0; i < count; i++) {
        backplane.remove(Sleepers.id(i));
      }
    }
    return millis;
  }

  private static double kill(ProcessHandle process, WorkloadId id, BlockingQueue<Seen> ends)
      throws InterruptedException {
    Thread.sleep(BETWEEN_MILLIS);
    long killed = System.nanoTime();
    process.destroyForcibly();
    Seen seen = ends.poll(LATEST_SECONDS, TimeUnit.SECONDS);
    if (seen == null || !seen.id().equals(id)) {
      throw new IllegalStateException("the end of %s was not seen".formatted(id));
    }
    return (seen.nanos() - killed) / 1e6;
  }
}
