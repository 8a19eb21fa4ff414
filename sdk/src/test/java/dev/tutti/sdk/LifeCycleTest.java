package dev.tutti.sdk;

import static dev.tutti.sdk.TinyOrchestrator.SIMULATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A model between a real broker and an orchestrator that does the least it can. */
final class LifeCycleTest {
  record Power(double power) {}

  private static final Output<Power> YIELD = Output.named("pv_power", Power.class);
  private static final String MODEL = "pv-service-1";
  private static final String FROM_MODEL =
      "/lifecycle/model/dots-so/" + SIMULATION + "/" + MODEL + "/";
  private static final Service PV =
      Service.named("pv_service")
          .calculation("pv_yield")
          .sends(YIELD)
          .calculates((step, _, _) -> {
            if (step.number() == 3) {
              throw new IllegalStateException("three is too many");
            }
            return YIELD.of(new Power(step.number() * 1.5));
          });

  private final Mosquitto broker = new Mosquitto();

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void modelLivesFromReadyToDone() throws Exception {
    try (TinyOrchestrator orchestrator = new TinyOrchestrator(broker)) {
      ModelThread model = new ModelThread(PV, TinyOrchestrator.environment(broker, MODEL));
      orchestrator.awaitReady(MODEL);
      orchestrator.parameterize(MODEL, parameters());
      orchestrator.step(1, MODEL);
      orchestrator.step(2, MODEL);
      orchestrator.done(MODEL);

      assertThat(model.exitCode()).isZero();
      assertThat(orchestrator.heard())
          .filteredOn(heard -> !heard.topic().startsWith("/log"))
          .extracting(TinyOrchestrator.Heard::topic)
          .containsExactly(
              "/lifecycle/model/mso/test-sim/pv-service-1/ReadyForProcessing",
              "/tutti/model/test-sim/pv-service-1/Announcement",
              FROM_MODEL + "Parameterized",
              "/data/pv_service/model/test-sim/pv1/pv_power",
              "/data/pv_service/model/test-sim/pv2/pv_power",
              FROM_MODEL + "CalculationsDone",
              "/data/pv_service/model/test-sim/pv1/pv_power",
              "/data/pv_service/model/test-sim/pv2/pv_power",
              FROM_MODEL + "CalculationsDone");
      assertThat(orchestrator.heard("ReadyForProcessing").getFirst().payload()).isEmpty();
      assertThat(YIELD.form().decode(orchestrator.heard("pv_power").getLast().payload()))
          .isEqualTo(new Power(3.0));
      assertThat(orchestrator.heard("pv_power").getLast().payload())
          .startsWith("\n\3pv2".getBytes(StandardCharsets.US_ASCII));
      await()
          .untilAsserted(() ->
              assertThat(orchestrator.heard().getLast())
                  .satisfies(last -> {
                    assertThat(last.topic()).isEqualTo("/log/model/dots-so/test-sim/" + MODEL);
                    assertThat(last.text()).endsWith("INFO The simulation is done.");
                  }));
      assertThat(model.output()).contains("INFO The simulation is done.");
    }
  }

  @Test
  void exceptionOfAnAuthorIsToldAndEndsWithOne() throws Exception {
    try (TinyOrchestrator orchestrator = new TinyOrchestrator(broker)) {
      ModelThread model = new ModelThread(PV, TinyOrchestrator.environment(broker, MODEL));
      orchestrator.awaitReady(MODEL);
      orchestrator.parameterize(MODEL, parameters());
      orchestrator.step(1, MODEL);
      orchestrator.step(2, MODEL);
      orchestrator.ask(MODEL, 3);

      assertThat(model.exitCode()).isEqualTo(1);
      orchestrator.awaitHeard(FROM_MODEL + "ErrorOccurred", 1);
      assertThat(orchestrator.heard("ErrorOccurred").getFirst().text())
          .contains("IllegalStateException: three is too many")
          .contains("at dev.tutti.sdk.LifeCycleTest");
      assertThat(model.output()).contains("ERROR").contains("three is too many");
    }
  }

  @Test
  void stepBeforeParametersIsAnError() throws Exception {
    try (TinyOrchestrator orchestrator = new TinyOrchestrator(broker)) {
      ModelThread model = new ModelThread(PV, TinyOrchestrator.environment(broker, MODEL));
      orchestrator.awaitReady(MODEL);
      orchestrator.ask(MODEL, 1);

      assertThat(model.exitCode()).isEqualTo(1);
      orchestrator.awaitHeard(FROM_MODEL + "ErrorOccurred", 1);
    }
  }

  @Test
  void simulationMayBeDoneInAnyPhase() throws Exception {
    try (TinyOrchestrator orchestrator = new TinyOrchestrator(broker)) {
      ModelThread model = new ModelThread(PV, TinyOrchestrator.environment(broker, MODEL));
      orchestrator.awaitReady(MODEL);
      orchestrator.done(MODEL);

      assertThat(model.exitCode()).isZero();
      assertThat(orchestrator.count("Parameterized")).isZero();
    }
  }

  @Test
  void brokerMayComeLater() throws Exception {
    broker.stop();
    ModelThread model = new ModelThread(PV, TinyOrchestrator.environment(broker, MODEL));
    broker.start();
    try (TinyOrchestrator orchestrator = new TinyOrchestrator(broker)) {
      // It may have been ready before this orchestrator listened, so its log is asked.
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> model.output().contains("pv_service 1.0 is ready"));
      orchestrator.done(MODEL);

      assertThat(model.exitCode()).isZero();
    }
  }

  @Test
  void modelSurvivesAnOutageOfTheBroker() throws Exception {
    try (TinyOrchestrator orchestrator = new TinyOrchestrator(broker)) {
      ModelThread model = new ModelThread(PV, TinyOrchestrator.environment(broker, MODEL));
      orchestrator.awaitReady(MODEL);
      orchestrator.parameterize(MODEL, parameters());
      orchestrator.step(1, MODEL);

      broker.stop();
      broker.start();
      // The orchestrator may hear of it or not, as its connection broke too.
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> model.output().split("is ready", -1).length == 3);
      orchestrator.step(2, MODEL);
      orchestrator.done(MODEL);

      assertThat(model.exitCode()).isZero();
      assertThat(orchestrator.count("pv_power")).isEqualTo(4);
    }
  }

  @Test
  void parametersAgainAreTakenBeforeTheFirstStepAndIgnoredAfterIt() throws Exception {
    try (TinyOrchestrator orchestrator = new TinyOrchestrator(broker)) {
      ModelThread model = new ModelThread(PV, TinyOrchestrator.environment(broker, MODEL));
      orchestrator.awaitReady(MODEL);
      orchestrator.parameterize(MODEL, parameters());
      orchestrator.parameterize(MODEL, parameters());
      orchestrator.awaitHeard(FROM_MODEL + "Parameterized", 2);
      orchestrator.step(1, MODEL);
      orchestrator.parameterize(MODEL, parameters());
      orchestrator.awaitAnnouncement(MODEL, true, 1, 1);

      assertThat(orchestrator.count("Parameterized")).isEqualTo(2);
      assertThat(orchestrator.count("pv_power")).as("calculated once").isEqualTo(2);
      orchestrator.step(2, MODEL);
      assertThat(orchestrator.count("pv_power")).isEqualTo(4);
      orchestrator.done(MODEL);
      assertThat(model.exitCode()).isZero();
    }
  }

  @Test
  void wrongPasswordIsToldAtOnce() throws Exception {
    Map<String, String> wrong = new HashMap<>(TinyOrchestrator.environment(broker, MODEL));
    wrong.put("MQTT_PASSWORD", "wrong");

    ModelThread model = new ModelThread(PV, wrong);

    assertThat(model.exitCode()).isEqualTo(1);
    assertThat(model.output())
        .contains("No connection to the MQTT broker")
        .contains("MQTT_PASSWORD");
  }

  @Test
  void whoStartsAModelByHandIsToldWhatItNeeds() throws Exception {
    ModelThread model = new ModelThread(PV, Map.of("MQTT_PORT", "many"));

    assertThat(model.exitCode()).isEqualTo(1);
    assertThat(model.output())
        .contains("SIMULATION_ID is missing")
        .contains("MODEL_ID is missing")
        .contains("MQTT_PORT is no port: many")
        .contains("LocalRun");
  }

  private static String parameters() {
    return TinyOrchestrator.parameters(
        Street.ESDL, Map.of("PVInstallation", "pv_service"), 2, List.of("pv1", "pv2"));
  }
}
