package dev.tutti.models;

import dev.tutti.backplane.testkit.SimulatedBackplane;
import dev.tutti.core.Metrics;
import dev.tutti.core.Sha256;
import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.run.Engine;
import dev.tutti.core.run.ThreadAlarms;
import dev.tutti.core.store.Blobs;
import dev.tutti.core.store.Store;
import dev.tutti.core.workload.Supervisor;
import dev.tutti.core.workload.WorkloadHandlers;
import dev.tutti.dots.EnvironmentVariable;
import dev.tutti.dots.LifecycleMessage.DeployModels;
import dev.tutti.dots.ModelConfiguration;
import dev.tutti.store.testkit.InMemoryStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The whole feature on a simulated backplane and a bus without a broker; can be restarted. */
final class Stage implements AutoCloseable {

  final Store store = new InMemoryStore();
  final SimulatedBackplane backplane = SimulatedBackplane.untilAsked();
  final RecordingBus bus = new RecordingBus();
  Fuse fuse = new Fuse(0);
  Engine engine;
  Deployments deployments;
  Supervisor supervisor;

  private final Blobs blobs = new MemoryBlobs();
  private final ModelsSettings settings;
  private ExecutorService threads;
  private ThreadAlarms alarms;

  Stage(ModelsSettings settings) {
    this(settings, new Fuse(0));
  }

  /** A stage whose orchestrator ends where the fuse says. */
  Stage(ModelsSettings settings, Fuse fuse) {
    this.settings = settings;
    this.fuse = fuse;
    start();
  }

  private void start() {
    Store reached = new FusedStore(store, fuse);
    Backplane running = new FusedBackplane(backplane, fuse);
    bus.reconnected(fuse);
    Clock clock = Clock.systemUTC();
    threads = Executors.newVirtualThreadPerTaskExecutor();
    alarms = new ThreadAlarms(threads, clock);
    engine = new Engine(reached, clock, threads, alarms, Metrics.none());
    new WorkloadHandlers(engine, running, 8, 30).register();
    deployments = new Deployments(engine, blobs, settings);
    MsoProtocol protocol = new MsoProtocol(engine, bus, deployments);
    deployments.restorePlaces();
    engine.recover();
    deployments.resume();
    supervisor = new Supervisor(engine, running, Duration.ofHours(1));
    supervisor.start();
    protocol.start();
    bus.redeliver();
  }

  /** Ends the orchestrator, as the end of its process would, and leaves workloads running. */
  void stop() {
    supervisor.close();
    engine.close();
    alarms.close();
    threads.shutdownNow();
  }

  void restart() {
    stop();
    fuse = new Fuse(0);
    start();
  }

  void deploy(String simulation, int models) {
    deploy("dots-so", simulation, models);
  }

  void deploy(String name, String simulation, int models) {
    List<ModelConfiguration> configurations = new ArrayList<>();
    for (int i = 0; i < models; i++) {
      configurations.add(
          new ModelConfiguration(
              i + "-model",
              "fake_model:0.0.1",
              List.of(new EnvironmentVariable("MODEL_ID", i + "-model"))));
    }
    bus.deliver(
        "/lifecycle/%s/mso/%s/DeployModels".formatted(name, simulation),
        new DeployModels("SO", configurations, 1).encode());
  }

  void ready(String simulation, int model) {
    bus.deliver(
        "/lifecycle/model/mso/%s/%d-model/ReadyForProcessing".formatted(simulation, model),
        new byte[0]);
  }

  Optional<Deployment> deployment(String simulation, int attempt) {
    return store
        .find(Deployment.KIND, new SimulationKey("dots-so", simulation).deployment(attempt))
        .map(d -> d.body());
  }

  Optional<DeploymentState> state(String simulation) {
    return deployment(simulation, 1).map(Deployment::state);
  }

  Optional<Model> model(String simulation, int model) {
    return store
        .find(Model.KIND, "dots-so~%s~1~%d-model".formatted(simulation, model))
        .map(d -> d.body());
  }

  WorkloadId workload(String simulation, int model) {
    return new WorkloadId(model(simulation, model).orElseThrow().workload());
  }

  @Override
  public void close() {
    stop();
    backplane.close();
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
