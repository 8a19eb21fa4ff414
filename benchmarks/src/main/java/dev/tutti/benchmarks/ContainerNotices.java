package dev.tutti.benchmarks;

import dev.tutti.backplane.testkit.PrivateEngine;
import dev.tutti.core.backplane.Backplane;
import dev.tutti.dots.LifecycleMessage;
import dev.tutti.dots.ModelConfiguration;
import dev.tutti.dots.ModelId;
import dev.tutti.dots.SimulationId;
import dev.tutti.dots.SimulatorName;
import dev.tutti.dots.Topic;
import dev.tutti.mqtt.MqttBus;
import dev.tutti.mqtt.MqttSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * From the end of a container to the ModelHasTerminated that a simulator hears: engine, backplane,
 * decision and commit, and Mosquitto.
 */
final class ContainerNotices {

  private static final SimulatorName SIMULATOR = new SimulatorName(Orchestrator.SIMULATOR);
  private static final ModelId MODEL = new ModelId("model");
  private static final int LATEST_SECONDS = 30;

  private record Heard(String topic, long nanos) {}

  private final PrivateEngine engine;
  private final String image;

  /**
   * On an engine.
   *
   * @param image what runs until it is killed
   */
  ContainerNotices(PrivateEngine engine, String image) {
    this.engine = engine;
    this.image = image;
  }

  /** Gives milliseconds, one for each container. */
  List<Double> measure(Backplane backplane, Session session, int count) throws Exception {
    Path folder = session.folder("notices");
    String program =
        Mosquitto.program()
            .orElseThrow(() -> new IllegalStateException("Mosquitto is not installed."));
    BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    try (Mosquitto broker = new Mosquitto(program, session.folder("mosquitto"))) {
      broker.start();
      try (MqttBus simulator = MqttBus.prepare(settings(broker, "simulator"));
          MqttBus ours = MqttBus.prepare(settings(broker, "notices"));
          Orchestrator _ = new Orchestrator(folder, backplane, ours)) {
        simulator.subscribe(
            List.of("/lifecycle/mso/#"),
            arrival -> {
              heard.add(new Heard(arrival.topic(), System.nanoTime()));
              arrival.acknowledge();
            });
        ours.connect();
        simulator.connect();
        Outage.awaitHealthy(ours);
        Outage.awaitHealthy(simulator);
        List<Double> millis = new ArrayList<>();
        // The first ones are not counted: everybody has much to load.
        for (int i = -2; i < count; i++) {
          double one = one(new SimulationId("notice-" + (i + 2)), simulator, heard);
          if (i >= 0) {
            millis.add(one);
          }
        }
        return millis;
      }
    }
  }

  private double one(SimulationId simulation, MqttBus simulator, BlockingQueue<Heard> heard)
      throws InterruptedException {
    simulator.publish(
        new Topic.DeployModels(SIMULATOR, simulation).text(),
        new LifecycleMessage.DeployModels(
                "bench", List.of(new ModelConfiguration(MODEL.value(), image, List.of())), 0)
            .encode());
    long pid = pid(simulation);
    simulator.publish(
        new Topic.ReadyForProcessing(simulation, MODEL).text(),
        new LifecycleMessage.ReadyForProcessing().encode());
    var _ = await(heard, "/ModelsReady");
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    long ended = System.nanoTime();
    process.destroyForcibly();
    long told = await(heard, "/ModelHasTerminated");
    var _ = await(heard, "/AllModelsHaveTerminated");
    return (told - ended) / 1e6;
  }

  /** Of the container's first process, once it runs. */
  private long pid(SimulationId simulation) {
    String owner =
        "label=tutti.owner=deployment:%s~%s".formatted(SIMULATOR.value(), simulation.value());
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LATEST_SECONDS);
    while (System.nanoTime() < deadline) {
      String id = engine.docker("ps", "-q", "--filter", owner);
      if (!id.isEmpty()) {
        return Long.parseLong(engine.docker("inspect", "-f", "{{.State.Pid}}", id));
      }
    }
    throw new IllegalStateException("the container of %s does not run".formatted(simulation));
  }

  private static long await(BlockingQueue<Heard> heard, String what) throws InterruptedException {
    Heard next = heard.poll(LATEST_SECONDS, TimeUnit.SECONDS);
    while (next != null && !next.topic().endsWith(what)) {
      next = heard.poll(LATEST_SECONDS, TimeUnit.SECONDS);
    }
    if (next == null) {
      throw new IllegalStateException(what + " was not heard");
    }
    return next.nanos();
  }

  private static MqttSettings settings(Mosquitto broker, String id) {
    return MqttSettings.of("127.0.0.1", broker.port(), "tutti", "", id);
  }
}
