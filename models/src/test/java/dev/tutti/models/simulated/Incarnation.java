package dev.tutti.models.simulated;

import dev.tutti.core.Message;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.bus.Bus;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.Blobs;
import dev.tutti.core.store.Store;
import dev.tutti.core.workload.Supervisor;
import dev.tutti.core.workload.WorkloadHandlers;
import dev.tutti.models.Deployments;
import dev.tutti.models.ModelsSettings;
import dev.tutti.models.MsoProtocol;
import java.time.Duration;

/** One process of the orchestrator, put together as the program does it. */
final class Incarnation {

  private static final Duration RESYNC = Duration.ofSeconds(30);
  private static final int STARTS_AT_ONCE = 1_000;
  private static final int LAST_LINES = 5;

  private final Life life;
  private final Gauges gauges = new Gauges();
  private final Engine engine;
  private final Supervisor supervisor;

  private Incarnation(Life life, VirtualTime time, Outside outside) {
    this.life = life;
    this.engine = new Engine(outside.store(), time, life, life, gauges);
    this.supervisor = new Supervisor(engine, outside.backplane(), RESYNC);
  }

  /** What a process finds outside. */
  record Outside(Store store, Blobs blobs, Backplane backplane, Bus bus) {}

  static Incarnation start(Life life, VirtualTime time, Outside outside, ModelsSettings settings) {
    Incarnation process = new Incarnation(life, time, outside);
    Engine engine = process.engine;
    new WorkloadHandlers(engine, outside.backplane(), STARTS_AT_ONCE, LAST_LINES).register();
    Deployments deployments = new Deployments(engine, outside.blobs(), settings);
    MsoProtocol protocol = new MsoProtocol(engine, outside.bus(), deployments);
    deployments.restorePlaces();
    engine.recover();
    deployments.resume();
    process.supervisor.start();
    protocol.start();
    return process;
  }

  /** Ends in good order. */
  void close() {
    supervisor.close();
    engine.close();
  }

  Life life() {
    return life;
  }

  void tell(OwnerRef owner, Message message) {
    engine.strands().tell(owner, message);
  }

  long placesUsed() {
    return gauges.value("tutti_places_used");
  }

  void checkIdle() {
    for (String gauge :
        new String[] {"tutti_places_used", "tutti_lanes_busy", "tutti_strands_busy"}) {
      Records.require(gauges.value(gauge) == 0, "%s is %d", gauge, gauges.value(gauge));
    }
  }
}
