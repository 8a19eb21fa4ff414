package dev.tutti.benchmarks;

import dev.tutti.backplane.testkit.SimulatedBackplane;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.dots.LifecycleMessage;
import dev.tutti.dots.ModelConfiguration;
import dev.tutti.dots.SimulationId;
import dev.tutti.dots.SimulatorName;
import dev.tutti.dots.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A new process finds what the last one left: from opening the store until all workloads are
 * compared, and of those that ended meanwhile, all ends are told. The data folder is copied under a
 * running process, as {@code kill -9} would leave it; the simulated backplane lives on.
 */
final class Recovery implements Benchmark {

  private static final int DEPLOYMENTS = 20;
  private static final int MODELS = 500;
  private static final long LATEST_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final Budget BUDGET = Budget.atMost(5_000);

  @Override
  public String name() {
    return "recovery";
  }

  @Override
  public List<Figure> run(Session session) throws Exception {
    AtomicInteger told = new AtomicInteger();
    SimulatedBackplane backplane = SimulatedBackplane.untilAsked();
    Path before = session.folder("before");
    Path left = session.folder("left");
    deploy(before, left, backplane);
    List<Double> allRun = new ArrayList<>();
    for (int i = 0; i < session.repetitions(5, 3); i++) {
      allRun.add(recover(session, left, backplane, told, 0));
    }
    List<WorkloadId> half =
        backplane.list().stream().map(Observed::id).sorted().limit(total() / 2).toList();
    backplane.watch((_, _) -> {});
    half.forEach(id -> backplane.exit(id, 0));
    List<Double> halfEnded = new ArrayList<>();
    for (int i = 0; i < session.repetitions(5, 3); i++) {
      halfEnded.add(recover(session, left, backplane, told, half.size()));
    }
    Session.delete(before);
    Session.delete(left);
    return List.of(
        Figure.of("%,d workloads, all run".formatted(total()), allRun, "ms", BUDGET),
        Figure.of(
            "%,d workloads, half ended meanwhile, all told".formatted(total()),
            halfEnded,
            "ms",
            BUDGET));
  }

  private static int total() {
    return DEPLOYMENTS * MODELS;
  }

  /** Starts all, and copies the data folder while the process lives. */
  private static void deploy(Path folder, Path copy, SimulatedBackplane backplane)
      throws IOException {
    MemoryBus bus = new MemoryBus((_, _) -> {});
    Orchestrator first = new Orchestrator(folder, backplane, bus);
    for (int i = 0; i < DEPLOYMENTS; i++) {
      Topic topic =
          new Topic.DeployModels(
              new SimulatorName(Orchestrator.SIMULATOR), new SimulationId("simulation-" + i));
      bus.deliver(topic.text(), request().encode());
    }
    await("all run", () -> backplane.running() == total() && idle(first));
    copy(folder, copy);
    first.close();
    bus.close();
  }

  private static LifecycleMessage.DeployModels request() {
    List<ModelConfiguration> models =
        IntStream.range(0, MODELS)
            .mapToObj(i -> new ModelConfiguration("model-" + i, "fake_model:1.0", List.of()))
            .toList();
    return new LifecycleMessage.DeployModels("simulator-1", models, 1);
  }

  private static double recover(
      Session session, Path left, SimulatedBackplane backplane, AtomicInteger told, int ended)
      throws IOException {
    Path folder = session.folder("recovered");
    copy(left, folder);
    told.set(0);
    MemoryBus bus = new MemoryBus((topic, _) -> count(topic, told));
    Stopwatch watch = new Stopwatch();
    try (Orchestrator next = new Orchestrator(folder, backplane, bus)) {
      await("all is known", () -> told.get() == ended && idle(next));
      double millis = watch.seconds() * 1_000;
      session.say("%,d ended meanwhile: %.0f ms".formatted(ended, millis));
      return millis;
    } finally {
      bus.close();
      Session.delete(folder);
    }
  }

  private static void count(String topic, AtomicInteger told) {
    if (Topic.parse(topic) instanceof Topic.ModelHasTerminated) {
      told.incrementAndGet();
    }
  }

  /** Nobody has anything to decide or to execute. */
  private static boolean idle(Orchestrator orchestrator) {
    return orchestrator.gauge("tutti_strands_busy") == 0
        && orchestrator.gauge("tutti_lanes_busy") == 0;
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + LATEST_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("it did not come so far that " + what);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copied = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copied);
        } else {
          Files.copy(file, copied);
        }
      }
    }
  }
}
