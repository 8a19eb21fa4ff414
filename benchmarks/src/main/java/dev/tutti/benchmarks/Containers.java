package dev.tutti.benchmarks;

import dev.tutti.backplane.docker.DockerBackplane;
import dev.tutti.backplane.docker.DockerSettings;
import dev.tutti.backplane.testkit.Busybox;
import dev.tutti.backplane.testkit.PrivateEngine;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Containers of an engine of its own: their start beside a plain {@code docker run} in turns, from
 * the kill of one to the observation of its end and to the notice of it, many at once, and their
 * adoption.
 */
final class Containers implements Benchmark {

  private static final String IMAGE = "tutti-bench/sleeper:1";
  private static final String INSTANCE = "bench";
  private static final String PEER = "bench-peer";
  private static final int LATEST_SECONDS = 30;
  private static final int MANY = 200;
  private static final int FEW = 20;

  private record Seen(WorkloadId id, long nanos) {}

  @Override
  public String name() {
    return "docker";
  }

  @Override
  public List<Figure> run(Session session) throws Exception {
    PrivateEngine engine = PrivateEngine.shared();
    engine.image(IMAGE, List.of("sleep", "600"));
    List<Figure> figures = new ArrayList<>();
    try (DockerBackplane backplane = open(engine)) {
      try {
        figures.addAll(single(engine, backplane, session.repetitions(30, 5)));
        figures.addAll(many(backplane, session.quick() ? FEW : MANY));
      } finally {
        backplane.clear();
      }
    }
    figures.add(notices(engine, session));
    figures.add(adoption(engine, session.quick() ? FEW : MANY));
    return figures;
  }

  private static Figure notices(PrivateEngine engine, Session session) throws Exception {
    try (DockerBackplane backplane = open(engine)) {
      try {
        List<Double> millis =
            new ContainerNotices(engine, IMAGE)
                .measure(backplane, session, session.repetitions(30, 5));
        return Figure.of("exit to notice", millis, "ms", Budget.atMost(250));
      } finally {
        backplane.clear();
      }
    }
  }

  private static DockerBackplane open(PrivateEngine engine) {
    return new DockerBackplane(DockerSettings.local(INSTANCE).onHost(engine.host()));
  }

  private static WorkloadSpec spec(String id) {
    return new WorkloadSpec(new WorkloadId(id), IMAGE, Map.of(), Map.of());
  }

  private static List<Figure> single(PrivateEngine engine, DockerBackplane backplane, int pairs)
      throws InterruptedException {
    BlockingQueue<Seen> ends = new LinkedBlockingQueue<>();
    backplane.watch((id, observation) -> {
      if (observation.terminal()) {
        ends.add(new Seen(id, System.nanoTime()));
      }
    });
    List<Double> ours = new ArrayList<>();
    List<Double> plain = new ArrayList<>();
    List<Double> differences = new ArrayList<>();
    List<Double> noticed = new ArrayList<>();
    for (int i = -2; i < pairs; i++) {
      String id = "pair-" + (i + 2);
      double peer = plain(engine, backplane.network());
      double our = millis(() -> backplane.start(spec(id)));
      double end = killed(engine, new WorkloadId(id), ends);
      backplane.remove(new WorkloadId(id));
      // The first of all are not counted: the engine and we have much to load.
      if (i >= 0) {
        plain.add(peer);
        ours.add(our);
        differences.add(our - peer);
        noticed.add(end);
      }
    }
    return List.of(
        Figure.of("start: plain docker run", plain, "ms"),
        Figure.of("start: ours", ours, "ms"),
        Figure.of("start: ours over plain, pairs", differences, "ms", Budget.atMost(30)),
        Figure.of("exit to observation", noticed, "ms", Budget.atMost(250)));
  }

  private static double plain(PrivateEngine engine, String network) {
    double millis =
        millis(() ->
            engine.docker(
                "run",
                "-d",
                "--init",
                "--network=" + network,
                "--name=" + PEER,
                Busybox.IMAGE,
                "sleep",
                "600"));
    engine.docker("rm", "-f", PEER);
    return millis;
  }

  private static double killed(PrivateEngine engine, WorkloadId id, BlockingQueue<Seen> ends)
      throws InterruptedException {
    long pid =
        Long.parseLong(
            engine.docker("inspect", "-f", "{{.State.Pid}}", id.value() + "-tutti-" + INSTANCE));
    long begun = System.nanoTime();
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    Seen seen = ends.poll(LATEST_SECONDS, TimeUnit.SECONDS);
    if (seen == null || !seen.id().equals(id)) {
      throw new IllegalStateException("the end of %s was not seen".formatted(id));
    }
    return (seen.nanos() - begun) / 1e6;
  }

  private static List<Figure> many(DockerBackplane backplane, int count) throws Exception {
    long before = backplane.calls();
    double millis =
        millis(() -> {
          try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> starts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
              WorkloadSpec spec = spec("many-" + i);
              starts.add(threads.submit(() -> backplane.start(spec)));
            }
            for (Future<?> start : starts) {
              start.get();
            }
          } catch (Exception failed) {
            throw new IllegalStateException(failed);
          }
        });
    double calls = backplane.calls() - before;
    return List.of(
        Figure.of("%d containers started".formatted(count), List.of(millis / 1e3), "s"),
        Figure.of("%d containers, calls".formatted(count), List.of(calls), "calls"));
  }

  /** What another process started is there again; that one was closed without stopping anything. */
  private static Figure adoption(PrivateEngine engine, int count) throws Exception {
    try (DockerBackplane starter = open(engine)) {
      many(starter, count);
    }
    List<DockerBackplane> opened = new ArrayList<>(1);
    double millis = millis(() -> opened.add(open(engine)));
    try (DockerBackplane adopter = opened.getFirst()) {
      int found = adopter.list().size();
      adopter.clear();
      if (found != count) {
        throw new IllegalStateException("%d of %d were adopted".formatted(found, count));
      }
      return Figure.of("adoption of %d".formatted(count), List.of(millis), "ms");
    }
  }

  private static double millis(Runnable work) {
    long begun = System.nanoTime();
    work.run();
    return (System.nanoTime() - begun) / 1e6;
  }
}
