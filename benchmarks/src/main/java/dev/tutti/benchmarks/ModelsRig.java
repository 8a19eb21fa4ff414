package dev.tutti.benchmarks;

import dev.tutti.backplane.testkit.Plan;
import dev.tutti.backplane.testkit.SimulatedBackplane;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.WorkloadSpec;
import dev.tutti.core.workload.Supervisor;
import dev.tutti.core.workload.WorkloadHandlers;
import dev.tutti.dots.EnvironmentVariable;
import dev.tutti.dots.LifecycleMessage;
import dev.tutti.dots.ModelConfiguration;
import dev.tutti.dots.ModelId;
import dev.tutti.dots.SimulationId;
import dev.tutti.dots.SimulatorName;
import dev.tutti.dots.Topic;
import dev.tutti.models.Deployments;
import dev.tutti.models.ModelsSettings;
import dev.tutti.models.MsoProtocol;
import dev.tutti.store.DataFolder;
import dev.tutti.store.FileBlobs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The model services orchestrator on a simulated backplane, put together as the server does it. A
 * model says that it is ready as soon as it runs.
 */
final class ModelsRig implements AutoCloseable {

  private static final SimulatorName SIMULATOR = new SimulatorName("dots-so");
  private static final String SIMULATION_VARIABLE = "simulation_id";
  private static final String MODEL_VARIABLE = "model_id";
  private static final Duration RESYNC = Duration.ofSeconds(30);
  private static final long LATEST_SECONDS = 120;
  private static final byte[] READY = new LifecycleMessage.ReadyForProcessing().encode();

  private final EngineRig rig;
  private final SimulatedBackplane backplane = new SimulatedBackplane(this::plan);
  private final MemoryBus bus = new MemoryBus(this::published);
  private final Supervisor supervisor;
  private final AtomicInteger simulations = new AtomicInteger();
  private final AtomicInteger terminated = new AtomicInteger();
  private volatile CountDownLatch ready = new CountDownLatch(0);
  private volatile CountDownLatch over = new CountDownLatch(0);
  private volatile long overAt;

  ModelsRig(Path folder) {
    rig = new EngineRig(folder);
    new WorkloadHandlers(
            rig.engine(), backplane, 2 * Runtime.getRuntime().availableProcessors(), 30)
        .register();
    Deployments deployments =
        new Deployments(rig.engine(), FileBlobs.open(DataFolder.open(folder)), settings());
    MsoProtocol protocol = new MsoProtocol(rig.engine(), bus, deployments);
    rig.engine().recover();
    deployments.resume();
    supervisor = new Supervisor(rig.engine(), backplane, RESYNC);
    supervisor.start();
    protocol.start();
  }

  private static ModelsSettings settings() {
    return new ModelsSettings(
        List.of(SIMULATOR.value()),
        Duration.ofMinutes(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofDays(7),
        100_000);
  }

  private Plan plan(WorkloadSpec spec) {
    return Plan.runsUntilAsked().saying(this::ready);
  }

  private byte[] ready(WorkloadSpec spec) {
    Topic topic =
        new Topic.ReadyForProcessing(
            new SimulationId(spec.environment().getOrDefault(SIMULATION_VARIABLE, "")),
            new ModelId(spec.environment().getOrDefault(MODEL_VARIABLE, "")));
    bus.deliver(topic.text(), READY);
    return "ready\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  private void published(String topic, byte[] payload) {
    switch (Topic.parse(topic)) {
      case Topic.ModelsReady _ -> ready.countDown();
      case Topic.ModelHasTerminated _ -> terminated.incrementAndGet();
      case Topic.AllModelsHaveTerminated _ -> {
        overAt = System.nanoTime();
        over.countDown();
      }
      default -> {
        // Reasons, which nobody here reads.
      }
    }
  }

  /** Asks for so many models; gives the seconds from the request to ModelsReady. */
  double deploy(int models) throws InterruptedException {
    ready = new CountDownLatch(1);
    over = new CountDownLatch(1);
    terminated.set(0);
    String simulation = "simulation-" + simulations.incrementAndGet();
    byte[] request = request(simulation, models).encode();
    String topic = new Topic.DeployModels(SIMULATOR, new SimulationId(simulation)).text();
    Stopwatch watch = new Stopwatch();
    bus.deliver(topic, request);
    await(ready, "ModelsReady");
    return watch.seconds();
  }

  private static LifecycleMessage.DeployModels request(String simulation, int models) {
    List<ModelConfiguration> all =
        IntStream.range(0, models)
            .mapToObj(i -> "model-" + i)
            .map(id ->
                new ModelConfiguration(
                    id,
                    "fake_model:1.0",
                    List.of(
                        new EnvironmentVariable(SIMULATION_VARIABLE, simulation),
                        new EnvironmentVariable(MODEL_VARIABLE, id),
                        new EnvironmentVariable("MQTT_HOST", "host.docker.internal"),
                        new EnvironmentVariable("MQTT_PORT", "1883"),
                        new EnvironmentVariable("esdl_ids", "a,b,c"))))
            .toList();
    return new LifecycleMessage.DeployModels("simulator-1", all, 0);
  }

  /**
   * What the end of all models took.
   *
   * @param fromFirst from the first end to AllModelsHaveTerminated
   * @param fromLast from the last end to AllModelsHaveTerminated
   */
  record Ended(double fromFirst, double fromLast) {}

  /** Ends all models that run, one right after another; gives what that took in milliseconds. */
  Ended end() throws InterruptedException {
    List<Observed> running =
        backplane.list().stream().filter(o -> !o.observation().terminal()).toList();
    long first = System.nanoTime();
    long last = first;
    for (Observed workload : running) {
      last = System.nanoTime();
      backplane.exit(workload.id(), 0);
    }
    await(over, "AllModelsHaveTerminated");
    if (terminated.get() != running.size()) {
      throw new IllegalStateException(
          "%d models ended, %d were reported".formatted(running.size(), terminated.get()));
    }
    return new Ended((overAt - first) / 1e6, (overAt - last) / 1e6);
  }

  private static void await(CountDownLatch latch, String what) throws InterruptedException {
    if (!latch.await(LATEST_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(what + " did not come");
    }
  }

  @Override
  public void close() {
    supervisor.close();
    bus.close();
    rig.close();
  }
}
