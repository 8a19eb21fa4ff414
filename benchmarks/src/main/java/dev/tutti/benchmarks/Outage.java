package dev.tutti.benchmarks;

import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.bus.Bus;
import dev.tutti.mqtt.MqttBus;
import dev.tutti.mqtt.MqttSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The broker goes away, a thousand models end meanwhile, the broker comes back: from its first
 * accepted connection until the simulator has heard of all ends, in order.
 */
final class Outage implements Benchmark {

  private static final int MODELS = 1_000;
  private static final Budget BUDGET = Budget.atMost(2_000);
  private static final List<String> SIMULATOR_HEARS =
      List.of(
          "/lifecycle/mso/" + Orchestrator.SIMULATOR + "/+/ModelsReady",
          "/lifecycle/mso/" + Orchestrator.SIMULATOR + "/+/+/ModelHasTerminated",
          "/lifecycle/mso/" + Orchestrator.SIMULATOR + "/+/AllModelsHaveTerminated");

  @Override
  public String name() {
    return "outage";
  }

  @Override
  public List<Figure> run(Session session) throws Exception {
    Optional<String> program = Mosquitto.program();
    if (program.isEmpty()) {
      throw new IllegalStateException("Mosquitto is not installed.");
    }
    int seconds = session.repetitions(60, 10);
    List<Double> millis = new ArrayList<>();
    try (Mosquitto broker = new Mosquitto(program.get(), session.folder("mosquitto"))) {
      broker.start();
      for (int i = 0; i < session.repetitions(3, 2); i++) {
        Path folder = session.folder("outage");
        millis.add(once(broker, folder, seconds, "outage-" + i));
        session.say("told %.0f ms after the broker's return".formatted(millis.getLast()));
        Session.delete(folder);
      }
    }
    String what = "broker away for %d s, %,d models end".formatted(seconds, MODELS);
    return List.of(Figure.of(what, millis, "ms", BUDGET));
  }

  private static double once(Mosquitto broker, Path folder, int seconds, String id)
      throws Exception {
    AtomicReference<@Nullable ModelsRig> hears = new AtomicReference<>();
    try (ExecutorService sender = Executors.newSingleThreadExecutor();
        MqttBus simulator = simulator(broker, id, hears);
        MqttBus ours = MqttBus.prepare(settings(broker, id).withLastingSession("tutti-" + id));
        ModelsRig rig =
            new ModelsRig(
                folder,
                ours,
                (topic, payload) -> sender.execute(() -> simulator.publish(topic, payload)))) {
      hears.set(rig);
      ours.connect();
      awaitHealthy(ours);
      awaitHealthy(simulator);
      rig.deploy(MODELS);
      broker.stop();
      List<WorkloadId> order = endAll(rig, Duration.ofSeconds(seconds));
      broker.start();
      long back = System.nanoTime();
      double millis = (rig.awaitOver() - back) / 1e6;
      requireOrder(order, rig.terminated());
      return millis;
    }
  }

  private static MqttSettings settings(Mosquitto broker, String id) {
    return MqttSettings.of("127.0.0.1", broker.port(), "tutti", "", id);
  }

  /** It looks for the broker all the time, so that what is measured is our share. */
  private static MqttBus simulator(
      Mosquitto broker, String id, AtomicReference<@Nullable ModelsRig> hears) {
    MqttBus simulator =
        MqttBus.prepare(
            settings(broker, id)
                .withPauses(Duration.ofMillis(20), Duration.ofMillis(20))
                .withLastingSession("simulator-" + id));
    simulator.subscribe(
        SIMULATOR_HEARS,
        arrival -> {
          ModelsRig rig = hears.get();
          if (rig != null) {
            rig.published(arrival.topic(), arrival.payload());
          }
          arrival.acknowledge();
        });
    simulator.connect();
    return simulator;
  }

  /** Ends all models, spread over that time; gives the order. */
  private static List<WorkloadId> endAll(ModelsRig rig, Duration over) {
    List<WorkloadId> order = rig.running();
    long begin = System.nanoTime();
    for (int i = 0; i < order.size(); i++) {
      rig.end(order.get(i));
      long due = begin + over.toNanos() * (i + 1) / order.size();
      LockSupport.parkNanos(due - System.nanoTime());
    }
    return order;
  }

  private static void requireOrder(List<WorkloadId> ended, List<String> told) {
    // The id of a workload ends in a hash, after the names of simulation and model.
    List<String> expected =
        ended.stream()
            .map(WorkloadId::value)
            .map(id -> id.substring(id.indexOf("model-"), id.lastIndexOf('-')))
            .toList();
    if (!expected.equals(told)) {
      throw new IllegalStateException(
          "%d models ended, told in another order or number: %d"
              .formatted(ended.size(), told.size()));
    }
  }

  static void awaitHealthy(Bus bus) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!bus.health().healthy()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(bus.health().detail());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
