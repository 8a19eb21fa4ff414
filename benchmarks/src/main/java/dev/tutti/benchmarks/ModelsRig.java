package dev.tutti.benchmarks;

import dev.tutti.backplane.testkit.Plan;
import dev.tutti.backplane.testkit.SimulatedBackplane;
import dev.tutti.core.backplane.Observed;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import dev.tutti.core.bus.Bus;
import dev.tutti.dots.EnvironmentVariable;
import dev.tutti.dots.LifecycleMessage;
import dev.tutti.dots.ModelConfiguration;
import dev.tutti.dots.ModelId;
import dev.tutti.dots.SimulationId;
import dev.tutti.dots.SimulatorName;
import dev.tutti.dots.Topic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * The model services orchestrator on a simulated backplane, put together as the server does it. A
 * model says that it is ready as soon as it runs.
 */
final class ModelsRig implements AutoCloseable {

  private static final SimulatorName SIMULATOR = new SimulatorName(Orchestrator.SIMULATOR);
  private static final String SIMULATION_VARIABLE = "simulation_id";
  private static final String MODEL_VARIABLE = "model_id";
  private static final long LATEST_SECONDS = 120;
  private static final byte[] READY = new LifecycleMessage.ReadyForProcessing().encode();

  private final SimulatedBackplane backplane = new SimulatedBackplane(this::plan);
  private final AtomicInteger simulations = new AtomicInteger();
  private final List<String> terminated = Collections.synchronizedList(new ArrayList<>());
  private final BiConsumer<String, byte[]> send;
  private final Bus bus;
  private final Orchestrator orchestrator;
  private volatile CountDownLatch ready = new CountDownLatch(0);
  private volatile CountDownLatch over = new CountDownLatch(0);
  private volatile long overAt;

  /** On a bus without a broker. */
  ModelsRig(Path folder) {
    MemoryBus memory = new MemoryBus(this::published);
    bus = memory;
    send = memory::deliver;
    orchestrator = new Orchestrator(folder, backplane, bus);
  }

  /**
   * On any bus.
   *
   * @param send sends what models and simulators say; {@link #published} is to be called with what
   *     a simulator hears
   */
  ModelsRig(Path folder, Bus bus, BiConsumer<String, byte[]> send) {
    this.bus = bus;
    this.send = send;
    orchestrator = new Orchestrator(folder, backplane, bus);
  }

  private Plan plan(WorkloadSpec spec) {
    return Plan.runsUntilAsked().saying(this::ready);
  }

  private byte[] ready(WorkloadSpec spec) {
    Topic topic =
        new Topic.ReadyForProcessing(
            new SimulationId(spec.environment().getOrDefault(SIMULATION_VARIABLE, "")),
            new ModelId(spec.environment().getOrDefault(MODEL_VARIABLE, "")));
    send.accept(topic.text(), READY);
    return "ready\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  /** A simulator hears this. */
  void published(String topic, byte[] payload) {
    switch (Topic.parse(topic)) {
      case Topic.ModelsReady _ -> ready.countDown();
      case Topic.ModelHasTerminated ended -> terminated.add(ended.modelId().value());
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
    terminated.clear();
    String simulation = "simulation-" + simulations.incrementAndGet();
    byte[] request = request(simulation, models).encode();
    String topic = new Topic.DeployModels(SIMULATOR, new SimulationId(simulation)).text();
    Stopwatch watch = new Stopwatch();
    send.accept(topic, request);
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
    if (terminated.size() != running.size()) {
      throw new IllegalStateException(
          "%d models ended, %d were reported".formatted(running.size(), terminated.size()));
    }
    return new Ended((overAt - first) / 1e6, (overAt - last) / 1e6);
  }

  /** All that run, in no order. */
  List<WorkloadId> running() {
    return backplane.list().stream()
        .filter(o -> !o.observation().terminal())
        .map(Observed::id)
        .toList();
  }

  void end(WorkloadId workload) {
    backplane.exit(workload, 0);
  }

  /** When AllModelsHaveTerminated came, as {@link System#nanoTime()} tells. */
  long awaitOver() throws InterruptedException {
    await(over, "AllModelsHaveTerminated");
    return overAt;
  }

  /** The models whose end was told, in that order. */
  List<String> terminated() {
    return List.copyOf(terminated);
  }

  private static void await(CountDownLatch latch, String what) throws InterruptedException {
    if (!latch.await(LATEST_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(what + " did not come");
    }
  }

  @Override
  public void close() {
    orchestrator.close();
    bus.close();
  }
}
