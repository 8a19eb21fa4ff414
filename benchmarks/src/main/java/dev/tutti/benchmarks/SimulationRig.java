package dev.tutti.benchmarks;

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
import java.util.List;
import java.util.stream.IntStream;

/** The simulation orchestrator over a real broker and a real store, as the server has it. */
final class SimulationRig implements AutoCloseable {

  private static final byte[] ESDL = "<esdl:EnergySystem/>".getBytes(StandardCharsets.UTF_8);

  private final EngineRig rig;
  private final Turnaround bus;
  private final Simulations simulations;

  /** Returns when it is connected to the broker at this port. */
  SimulationRig(Path folder, int port) throws InterruptedException {
    rig = new EngineRig(folder);
    MqttBus connection =
        MqttBus.prepare(
            MqttSettings.of(
                "127.0.0.1", port, MeasuredBroker.USER, MeasuredBroker.PASSWORD, "bench-so"));
    bus = new Turnaround(connection);
    simulations =
        new Simulations(
            rig.engine(),
            FileBlobs.open(DataFolder.open(folder), "simulations"),
            SimulationsSettings.of(
                ModelEnvironment.of("127.0.0.1", port, "", ""), folder.resolve("logs"), "bench"));
    SoProtocol protocol = new SoProtocol(rig.engine(), bus, simulations);
    rig.engine().recover();
    simulations.recover();
    protocol.start();
    connection.connect();
    while (!bus.health().healthy()) {
      Thread.sleep(10);
    }
  }

  Simulation start(int models, int steps) throws InterruptedException {
    return simulations.start(request(steps), ESDL, plan(models));
  }

  /** Milliseconds from the last answer to a step until the next one was out, since last asked. */
  List<Double> turnarounds() {
    return bus.taken();
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
    bus.close();
    rig.close();
  }
}
