package dev.tutti.benchmarks;

import dev.tutti.dots.LifecycleMessage;
import dev.tutti.dots.ModelId;
import dev.tutti.dots.SimulationId;
import dev.tutti.dots.SimulatorName;
import dev.tutti.dots.Topic;
import dev.tutti.mqtt.MqttBus;
import dev.tutti.mqtt.MqttSettings;
import dev.tutti.simulations.CalculationService;
import dev.tutti.simulations.CalculationService.OnModelFailure;
import dev.tutti.simulations.ModelEnvironment;
import dev.tutti.simulations.Plan;
import dev.tutti.simulations.PlannedModel;
import dev.tutti.simulations.Simulation;
import dev.tutti.simulations.SimulationRequest;
import dev.tutti.simulations.Simulations;
import dev.tutti.simulations.SimulationsSettings;
import dev.tutti.simulations.SoProtocol;
import dev.tutti.store.DataFolder;
import dev.tutti.store.FileBlobs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The simulation orchestrator over a real broker and a real store, with models that are fast. */
final class StepRig implements AutoCloseable {

  private static final byte[] ESDL = "<esdl:EnergySystem/>".getBytes(StandardCharsets.UTF_8);
  private static final SimulatorName NAME = new SimulatorName("dots-so");
  private static final long LATEST_SECONDS = 300;

  private final EngineRig rig;
  private final MqttBus bus;
  private final Simulations simulations;
  private final FastModels models;
  private final AtomicInteger heard = new AtomicInteger();
  private final List<Long> begun = new ArrayList<>();
  private volatile int size = 1;
  private volatile CountDownLatch over = new CountDownLatch(0);

  StepRig(Path folder, int port) throws Exception {
    rig = new EngineRig(folder);
    bus =
        MqttBus.prepare(
            MqttSettings.of(
                "127.0.0.1", port, MeasuredBroker.USER, MeasuredBroker.PASSWORD, "bench-so"));
    simulations =
        new Simulations(
            rig.engine(),
            FileBlobs.open(DataFolder.open(folder), "simulations"),
            SimulationsSettings.of(
                ModelEnvironment.of("127.0.0.1", port, "", ""), folder.resolve("logs"), "bench"));
    SoProtocol protocol = new SoProtocol(rig.engine(), bus, simulations);
    rig.engine().recover();
    simulations.resume();
    protocol.start();
    bus.connect();
    while (!bus.health().healthy()) {
      Thread.sleep(10);
    }
    models =
        new FastModels(
            port,
            List.of("/lifecycle/dots-so/model/+/+/+", "/lifecycle/dots-so/mso/+/+"),
            this::answer);
  }

  private List<FastModels.Out> answer(String topic) {
    return switch (Topic.parse(topic)) {
      case Topic.NewStep(SimulationId simulation, ModelId model) -> {
        if (heard.getAndIncrement() % size == 0) {
          begun.add(System.nanoTime());
        }
        yield List.of(out(new Topic.CalculationsDone(simulation, model)));
      }
      case Topic.ModelParameters(SimulationId simulation, ModelId model) ->
          List.of(out(new Topic.Parameterized(simulation, model)));
      case Topic.DeployModels(_, SimulationId simulation) ->
          List.of(out(new Topic.ModelsReady(NAME, simulation)));
      case Topic.SimulationDoneToMso(_, SimulationId simulation) -> {
        over.countDown();
        yield List.of(out(new Topic.AllModelsHaveTerminated(NAME, simulation)));
      }
      default -> List.of();
    };
  }

  /** All messages of models are empty. */
  private static FastModels.Out out(Topic topic) {
    return new FastModels.Out(topic.text(), new LifecycleMessage.CalculationsDone().encode());
  }

  /** Milliseconds from one step to the next, without those of the warm-up. */
  List<Double> run(int count, int warmUp, int steps) throws InterruptedException {
    size = count;
    heard.set(0);
    begun.clear();
    over = new CountDownLatch(1);
    Simulation simulation = simulations.start(request(warmUp + steps + 1), ESDL, plan(count));
    if (!over.await(LATEST_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(simulation.id() + " did not end");
    }
    if (begun.size() != warmUp + steps + 1) {
      throw new IllegalStateException("%d steps were heard of".formatted(begun.size()));
    }
    return IntStream.range(warmUp, warmUp + steps)
        .mapToObj(i -> (begun.get(i + 1) - begun.get(i)) / 1e6)
        .toList();
  }

  private static SimulationRequest request(int steps) {
    return new SimulationRequest(
        "bench",
        LocalDateTime.parse("2023-01-25T00:00:00"),
        ZoneOffset.UTC,
        900,
        steps,
        10,
        0,
        "info",
        List.of(
            new CalculationService("PVInstallation", "pv_service", "pv:1", 0, OnModelFailure.FAIL)),
        false,
        0);
  }

  private static Plan plan(int models) {
    return new Plan(
        "bench",
        IntStream.rangeClosed(1, models)
            .mapToObj(
                i -> new PlannedModel("pv-service-" + i, "pv_service", "pv:1", List.of("pv" + i)))
            .toList(),
        List.of(),
        ESDL.length);
  }

  @Override
  public void close() {
    models.close();
    bus.close();
    rig.close();
  }
}
