package dev.tutti.benchmarks;

import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.bus.Bus;
import dev.tutti.core.workload.Supervisor;
import dev.tutti.core.workload.WorkloadHandlers;
import dev.tutti.models.Deployments;
import dev.tutti.models.ModelsSettings;
import dev.tutti.models.MsoProtocol;
import dev.tutti.store.DataFolder;
import dev.tutti.store.FileBlobs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The model services orchestrator, put together and recovered as the server does it. */
final class Orchestrator implements AutoCloseable {

  static final String SIMULATOR = "dots-so";

  private static final Duration RESYNC = Duration.ofSeconds(30);
  private static final int PLACES = 100_000;

  private final EngineRig rig;
  private final Supervisor supervisor;

  /** Returns when it has compared its records with the backplane and listens. */
  Orchestrator(Path folder, Backplane backplane, Bus bus) {
    rig = new EngineRig(folder);
    new WorkloadHandlers(
            rig.engine(), backplane, 2 * Runtime.getRuntime().availableProcessors(), 30)
        .register();
    Deployments deployments =
        new Deployments(rig.engine(), FileBlobs.open(DataFolder.open(folder)), settings());
    MsoProtocol protocol = new MsoProtocol(rig.engine(), bus, deployments);
    deployments.restorePlaces();
    rig.engine().recover();
    deployments.resume();
    supervisor = new Supervisor(rig.engine(), backplane, RESYNC);
    supervisor.start();
    protocol.start();
  }

  private static ModelsSettings settings() {
    return new ModelsSettings(
        List.of(SIMULATOR),
        Duration.ofMinutes(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofDays(7),
        PLACES);
  }

  /** What it counts and shows. */
  long gauge(String name) {
    return rig.gauge(name);
  }

  @Override
  public void close() {
    supervisor.close();
    rig.close();
  }
}
