package dev.tutti.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.backplane.testkit.SimulatedBackplane;
import dev.tutti.core.Message;
import dev.tutti.core.Metrics;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.run.Decision;
import dev.tutti.core.run.Engine;
import dev.tutti.core.run.EngineSettings;
import dev.tutti.core.run.Facts;
import dev.tutti.core.run.OwnerBehaviour;
import dev.tutti.core.run.Time;
import dev.tutti.core.store.Query;
import dev.tutti.core.store.Store;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import dev.tutti.core.workload.Supervisor;
import dev.tutti.core.workload.Workload;
import dev.tutti.core.workload.WorkloadChanged;
import dev.tutti.core.workload.WorkloadDecisions;
import dev.tutti.store.testkit.InMemoryStore;
import dev.tutti.store.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The first comparison after a restart, of more workloads than anybody wants to hear of at once.
 */
final class AdoptionTest {

  private static final int MANY = 5_000;

  private final ManualTime time = new ManualTime();
  private final Store store = new InMemoryStore();
  private final SimulatedBackplane backplane = SimulatedBackplane.untilAsked();
  private final List<Instant> changes = new ArrayList<>();
  private long told;
  private Engine engine;
  private Supervisor supervisor;

  private final class Owning implements OwnerBehaviour {
    @Override
    public String kind() {
      return "owner";
    }

    @Override
    public Decision decide(OwnerRef owner, Facts facts, Message message, Instant now) {
      if (message instanceof WorkloadChanged) {
        changes.add(now);
      }
      return Decision.nothing();
    }
  }

  private final class Told implements Metrics {
    @Override
    public Counter counter(String name, String help, String label) {
      return (_, amount) -> {
        if (name.equals("tutti_messages_total")) {
          told += amount;
        }
      };
    }

    @Override
    public void gauge(String name, String help, java.util.function.LongSupplier value) {}
  }

  @BeforeEach
  void startWithManyWorkloads() {
    for (int i = 0; i < MANY; i++) {
      Workload planned =
          Workload.planned(
              new OwnerRef("owner", "o" + i % 50),
              new WorkloadId("w" + i),
              "g",
              "m" + i,
              "image:1",
              Map.of(),
              time.instant());
      backplane.start(planned.spec());
      Workload running =
          WorkloadDecisions.observe(planned, new Observation.Running(""), time.instant());
      store.commit(
          Transaction.of(
              new Write.PutDocument<>(Workload.KIND, running.id(), 0, running, time.instant())));
    }
    engine =
        new Engine(
            store, Time.watched(time, time, time), time, new Told(), EngineSettings.defaults());
    engine.register(new Owning());
    engine.recover();
    supervisor = new Supervisor(engine, backplane, Duration.ofHours(1));
  }

  @Test
  void workloadsThatGoOnAsTheyAreKnownBotherNobody() {
    supervisor.start();
    time.pass(Duration.ofSeconds(2));
    assertThat(told).isZero();
    assertThat(store.count(Workload.KIND, Query.all().inStates(Set.of("running")))).isEqualTo(MANY);
  }

  @Test
  void thousandsOfEndsAreTakenUpInSlicesWithinASecond() {
    for (int i = 0; i < MANY; i++) {
      backplane.forget(new WorkloadId("w" + i));
    }
    supervisor.start();
    time.settle();
    assertThat(told).isEqualTo(EngineSettings.defaults().flood().slice());
    time.pass(Duration.ofSeconds(1));
    assertThat(told).isEqualTo(MANY);
    assertThat(changes).hasSize(MANY);
    assertThat(changes.stream().distinct().count()).isGreaterThanOrEqualTo(10);
    assertThat(store.count(Workload.KIND, Query.all().inStates(Set.of("ended")))).isEqualTo(MANY);
  }
}
