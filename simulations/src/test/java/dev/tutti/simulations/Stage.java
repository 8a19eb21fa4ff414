package dev.tutti.simulations;

import dev.tutti.core.Metrics;
import dev.tutti.core.Sha256;
import dev.tutti.core.run.Engine;
import dev.tutti.core.run.ThreadAlarms;
import dev.tutti.core.store.Blobs;
import dev.tutti.core.store.Store;
import dev.tutti.simulations.CalculationService.OnModelFailure;
import dev.tutti.store.testkit.InMemoryStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;

/** The simulation orchestrator with a played MSO and played models; can be restarted. */
final class Stage implements AutoCloseable {

  static final byte[] ESDL = "<esdl:EnergySystem/>".getBytes(StandardCharsets.UTF_8);

  final Peers peers;
  final Store store = new InMemoryStore();
  Fuse fuse;
  Engine engine;
  Simulations simulations;

  private final SimulationsSettings settings;
  private final Blobs blobs = new MemoryBlobs();
  private ExecutorService threads;
  private ThreadAlarms alarms;

  Stage(SimulationsSettings settings, Peers peers) {
    this(settings, peers, new Fuse(0));
  }

  Stage(SimulationsSettings settings, Peers peers, Fuse fuse) {
    this.settings = settings;
    this.peers = peers;
    this.fuse = fuse;
    start();
  }

  /** Short times, so that what never comes is given up soon. */
  static SimulationsSettings settings(Path folder) {
    return settings(folder, Duration.ofSeconds(1), 16);
  }

  static SimulationsSettings settings(Path folder, Duration deploy, int parametersAtOnce) {
    return new SimulationsSettings(
        "dots-so",
        ModelEnvironment.of("broker.local", 1884, "dots", "dotspass"),
        deploy,
        Duration.ofSeconds(1),
        Duration.ofMillis(200),
        parametersAtOnce,
        1 << 20,
        100,
        true,
        Duration.ofDays(7),
        folder,
        1 << 20,
        "test");
  }

  private void start() {
    Store reached = fuse.around(store);
    peers.bus.reconnected(fuse);
    Clock clock = Clock.systemUTC();
    threads = Executors.newVirtualThreadPerTaskExecutor();
    ExecutorService process = threads;
    Executor executor = task -> inProcess(process, task);
    alarms = new ThreadAlarms(executor, clock);
    engine = new Engine(reached, clock, executor, alarms, Metrics.none());
    simulations = new Simulations(engine, blobs, settings);
    SoProtocol protocol = new SoProtocol(engine, peers.bus, simulations);
    engine.recover();
    simulations.recover();
    protocol.start();
    peers.bus.redeliver();
  }

  private static void inProcess(ExecutorService process, Runnable task) {
    try {
      process.execute(task);
    } catch (RejectedExecutionException ended) {
      // A process that has ended does nothing more.
    }
  }

  /** Ends the orchestrator, as the end of its process would; MSO and models live on. */
  void stop() {
    engine.close();
    alarms.close();
    threads.shutdownNow();
  }

  void restart() {
    stop();
    fuse = new Fuse(0);
    start();
  }

  static Plan plan(int models) {
    return new Plan(
        "stage",
        IntStream.rangeClosed(1, models)
            .mapToObj(
                i -> new PlannedModel("pv-service-" + i, "pv_service", "pv:1", List.of("pv" + i)))
            .toList(),
        List.of(),
        ESDL.length);
  }

  /** Seconds that a step may take, short enough for a test to wait for. */
  static SimulationRequest request(int steps, double seconds, OnModelFailure policy) {
    return World.request(steps, seconds / 60, policy);
  }

  Simulation start(int models, int steps) throws InterruptedException {
    return simulations.start(request(steps, 30, OnModelFailure.FAIL), ESDL, plan(models));
  }

  Optional<Simulation> find(String id) {
    return store.find(Simulation.KIND, id).map(d -> d.body());
  }

  boolean ended(String id) {
    return find(id).filter(s -> s.phase() == Phase.ENDED).isPresent();
  }

  @Override
  public void close() {
    stop();
    peers.close();
  }

  private static final class MemoryBlobs implements Blobs {

    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();

    @Override
    public String put(byte[] content) {
      String hash = Sha256.hex(content);
      kept.put(hash, content);
      return hash;
    }

    @Override
    public Optional<byte[]> get(String hash) {
      return Optional.ofNullable(kept.get(hash));
    }

    @Override
    public Set<String> list() {
      return Set.copyOf(kept.keySet());
    }

    @Override
    public void delete(String hash) {
      kept.remove(hash);
    }
  }
}
