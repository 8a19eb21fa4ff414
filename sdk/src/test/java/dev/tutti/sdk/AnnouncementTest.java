package dev.tutti.sdk;

import static dev.tutti.sdk.TinyOrchestrator.SIMULATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a model tells an orchestrator that was away, with a connection that adds up two roofs. */
final class AnnouncementTest {
  record Power(double power) {}

  private static final Input<Power> ROOFS = Input.from("pv_service", "pv_power", Power.class);
  private static final Output<Power> TOTAL = Output.named("total", Power.class);
  private static final String MODEL = "connection-service-1";
  private static final String ANNOUNCEMENT =
      "/tutti/model/%s/%s/Announcement".formatted(SIMULATION, MODEL);
  private static final Service ADDER =
      Service.named("connection_service")
          .calculation("add")
          .receives(ROOFS)
          .sends(TOTAL)
          .calculates((_, _, inputs) ->
              TOTAL.of(new Power(inputs.all(ROOFS).stream().mapToDouble(Power::power).sum())));

  private final Mosquitto broker = new Mosquitto();

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void modelAnnouncesItselfAtItsStartAndBetweenAndDuringSteps() throws Exception {
    try (TinyOrchestrator orchestrator = new TinyOrchestrator(broker)) {
      ModelThread model = new ModelThread(ADDER, TinyOrchestrator.environment(broker, MODEL));
      orchestrator.awaitAnnouncement(MODEL, false, 0, 0);

      orchestrator.parameterize(MODEL, parameters());
      orchestrator.where();
      orchestrator.awaitAnnouncement(MODEL, true, 0, 0);

      orchestrator.ask(MODEL, 1);
      roof(orchestrator, "pv1", 1);
      orchestrator.where();
      orchestrator.awaitAnnouncement(MODEL, true, 1, 0);

      roof(orchestrator, "pv2", 2);
      orchestrator.where();
      orchestrator.awaitAnnouncement(MODEL, true, 1, 1);
      assertThat(orchestrator.heard())
          .extracting(TinyOrchestrator.Heard::topic)
          .filteredOn(topic -> topic.endsWith("CalculationsDone") || topic.equals(ANNOUNCEMENT))
          .as("the end of the step is told before the announcement that says so")
          .containsExactly(
              ANNOUNCEMENT,
              ANNOUNCEMENT,
              ANNOUNCEMENT,
              "/lifecycle/model/dots-so/%s/%s/CalculationsDone".formatted(SIMULATION, MODEL),
              ANNOUNCEMENT);
      orchestrator.done(MODEL);
      assertThat(model.exitCode()).isZero();
    }
  }

  @Test
  void stepThatIsAskedForTwiceIsAnsweredWithAnAnnouncement() throws Exception {
    try (TinyOrchestrator orchestrator = new TinyOrchestrator(broker)) {
      ModelThread model = new ModelThread(ADDER, TinyOrchestrator.environment(broker, MODEL));
      orchestrator.awaitReady(MODEL);
      orchestrator.parameterize(MODEL, parameters());
      orchestrator.ask(MODEL, 1);
      orchestrator.ask(MODEL, 1);
      orchestrator.awaitAnnouncement(MODEL, true, 1, 0);
      roofs(orchestrator, 1, 2);
      awaitDone(orchestrator, 1);

      orchestrator.ask(MODEL, 1);
      orchestrator.awaitAnnouncement(MODEL, true, 1, 1);

      assertThat(orchestrator.count("CalculationsDone")).isEqualTo(1);
      assertThat(totals(orchestrator)).containsExactly(3.0);
      orchestrator.done(MODEL);
      assertThat(model.exitCode()).isZero();
    }
  }

  @Test
  void stepAfterAMissingOneIsIgnoredWithoutAWord() throws Exception {
    try (TinyOrchestrator orchestrator = new TinyOrchestrator(broker)) {
      ModelThread model = new ModelThread(ADDER, TinyOrchestrator.environment(broker, MODEL));
      orchestrator.awaitReady(MODEL);
      orchestrator.parameterize(MODEL, parameters());
      roofs(orchestrator, 1, 2);

      orchestrator.ask(MODEL, 2);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> model.output().contains("Step 2 is ignored: step 1 comes next."));
      orchestrator.where();
      orchestrator.awaitAnnouncement(MODEL, true, 0, 0);
      assertThat(orchestrator.heard("Announcement"))
          .as("at the start and when asked: an answer to the step would bring it again")
          .hasSize(2);
      assertThat(orchestrator.count("CalculationsDone")).isZero();

      orchestrator.step(1, MODEL);
      roofs(orchestrator, 3, 4);
      orchestrator.step(2, MODEL);
      assertThat(totals(orchestrator)).containsExactly(3.0, 7.0);
      orchestrator.done(MODEL);
      assertThat(model.exitCode()).isZero();
    }
  }

  @Test
  void modelThatLostItsConnectionAnnouncesItselfAndRepeatsWhatItHadSent() throws Exception {
    try (TinyOrchestrator orchestrator = new TinyOrchestrator(broker)) {
      ModelThread model = new ModelThread(ADDER, TinyOrchestrator.environment(broker, MODEL));
      orchestrator.awaitReady(MODEL);
      orchestrator.parameterize(MODEL, parameters());
      for (int step = 1; step <= 2; step++) {
        roofs(orchestrator, step, 2);
        orchestrator.step(step, MODEL);
      }
      orchestrator.where();
      orchestrator.awaitAnnouncement(MODEL, true, 2, 2);
      assertThat(repeated(orchestrator, 2)).as("nothing was lost yet").isEmpty();

      breakConnection(model, orchestrator);
      // Whoever comes back later than the model asks.
      int before = repeated(orchestrator, 2).size();
      orchestrator.where();
      await().atMost(Duration.ofSeconds(30)).until(() -> repeated(orchestrator, 2).size() > before);
      orchestrator.awaitAnnouncement(MODEL, true, 2, 2);
      assertThat(TOTAL.form().decode(repeated(orchestrator, 2).getFirst().payload()))
          .isEqualTo(new Power(4.0));
      assertThat(repeated(orchestrator, 1)).isEmpty();

      // In the next step somebody may still be on the way, in the one after it nobody can.
      roofs(orchestrator, 3, 2);
      orchestrator.step(3, MODEL);
      orchestrator.where();
      await().atMost(Duration.ofSeconds(30)).until(() -> !repeated(orchestrator, 3).isEmpty());
      roofs(orchestrator, 4, 2);
      orchestrator.step(4, MODEL);
      orchestrator.where();
      orchestrator.awaitAnnouncement(MODEL, true, 4, 4);
      assertThat(repeated(orchestrator, 4)).isEmpty();
      assertThat(totals(orchestrator))
          .as("nothing is sent twice")
          .containsExactly(3.0, 4.0, 5.0, 6.0);
      orchestrator.done(MODEL);
      assertThat(model.exitCode()).isZero();
    }
  }

  @Test
  void whatABrokerLostInAStepIsTakenFromItsRepetition() throws Exception {
    try (TinyOrchestrator orchestrator = new TinyOrchestrator(broker)) {
      ModelThread model = new ModelThread(ADDER, TinyOrchestrator.environment(broker, MODEL));
      orchestrator.awaitReady(MODEL);
      orchestrator.parameterize(MODEL, parameters());
      orchestrator.ask(MODEL, 1);
      roof(orchestrator, "pv1", 1);
      orchestrator.where();
      orchestrator.awaitAnnouncement(MODEL, true, 1, 0);

      breakConnection(model, orchestrator);
      orchestrator.repeat(1, ROOFS, "pv1", new Power(100));
      orchestrator.repeat(1, ROOFS, "pv2", new Power(2));
      awaitDone(orchestrator, 1);

      assertThat(totals(orchestrator)).as("what was there stays").containsExactly(3.0);
      orchestrator.done(MODEL);
      assertThat(model.exitCode()).isZero();
    }
  }

  @Test
  void endOfAStepThatWasReachedWithoutABrokerIsToldOnceItIsBack() throws Exception {
    Holding holding = new Holding();
    try (TinyOrchestrator orchestrator = new TinyOrchestrator(broker)) {
      ModelThread model =
          new ModelThread(holding.service(), TinyOrchestrator.environment(broker, MODEL));
      orchestrator.awaitReady(MODEL);
      orchestrator.parameterize(MODEL, parameters());
      orchestrator.ask(MODEL, 1);
      holding.awaitBegun();
      broker.stop();
      holding.goOn();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> model.output().contains("Calculated without a broker."));
      broker.start();
      orchestrator.awaitConnected();

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> {
            orchestrator.where();
            assertThat(orchestrator.heard("Announcement").getLast().text())
                .contains("\"startedStep\":1,\"finishedStep\":1");
            assertThat(repeated(orchestrator, 1)).isNotEmpty();
          });
      assertThat(orchestrator.count("CalculationsDone")).isLessThanOrEqualTo(1);
      orchestrator.done(MODEL);
      assertThat(model.exitCode()).isZero();
    }
  }

  /** Returns when the model and the orchestrator have both subscribed again. */
  private void breakConnection(ModelThread model, TinyOrchestrator orchestrator) {
    broker.stop();
    broker.start();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> model.output().split("is ready", -1).length == 3);
    orchestrator.awaitConnected();
    int before = orchestrator.count("Announcement");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          orchestrator.where();
          assertThat(orchestrator.count("Announcement")).isGreaterThan(before);
        });
  }

  private static void awaitDone(TinyOrchestrator orchestrator, int times) {
    orchestrator.awaitHeard(
        "/lifecycle/model/dots-so/%s/%s/CalculationsDone".formatted(SIMULATION, MODEL), times);
  }

  private static List<TinyOrchestrator.Heard> repeated(TinyOrchestrator orchestrator, int step) {
    String topic = "/tutti/data/%s/connection_service/ec1/total/%d".formatted(SIMULATION, step);
    return orchestrator.heard().stream().filter(one -> one.topic().equals(topic)).toList();
  }

  private static List<Double> totals(TinyOrchestrator orchestrator) throws IOException {
    List<Double> totals = new ArrayList<>();
    for (TinyOrchestrator.Heard heard : orchestrator.heard("total")) {
      totals.add(TOTAL.form().decode(heard.payload()).power());
    }
    return totals;
  }

  private static void roofs(TinyOrchestrator orchestrator, double first, double second) {
    roof(orchestrator, "pv1", first);
    roof(orchestrator, "pv2", second);
  }

  private static void roof(TinyOrchestrator orchestrator, String id, double power) {
    orchestrator.data("pv_service", id, "pv_power", ROOFS.form().encode(id, new Power(power)));
  }

  private static String parameters() {
    return TinyOrchestrator.parameters(
        Street.ESDL,
        Map.of("PVInstallation", "pv_service", "EConnection", "connection_service"),
        4,
        List.of("ec1"));
  }

  /** A calculation that ends when it is let. */
  private static final class Holding {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    Service service() {
      return Service.named("connection_service")
          .calculation("hold")
          .sends(TOTAL)
          .calculates((step, _, _) -> {
            begun.countDown();
            try {
              assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException interrupted) {
              throw new IllegalStateException(interrupted);
            }
            step.log().info("Calculated without a broker.");
            return TOTAL.of(new Power(1));
          });
    }

    void awaitBegun() throws InterruptedException {
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    }

    void goOn() {
      end.countDown();
    }
  }
}
