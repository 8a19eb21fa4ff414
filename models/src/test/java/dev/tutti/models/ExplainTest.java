package dev.tutti.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.Failure;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.doctor.Finding;
import dev.tutti.core.explain.Explanation;
import dev.tutti.core.explain.WorkloadExplainer;
import dev.tutti.core.store.Blobs;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import dev.tutti.core.workload.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever a deployment or model waits for, somebody who asks is told, and what to do. */
final class ExplainTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  private Stage stage = new Stage(settings(LONG, 2));

  private static ModelsSettings settings(Duration startTimeout, int places) {
    return new ModelsSettings(
        List.of("dots-so"),
        startTimeout,
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofDays(7),
        places);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private Explanation deployment(String simulation) {
    return new DeploymentExplainer(stage.engine, stage.bus, stage.backplane, stage.deployments)
        .explain("dots-so~" + simulation + "~1");
  }

  private Explanation model(String simulation, int model) {
    return new ModelExplainer(stage.engine, stage.bus, stage.backplane, stage.deployments)
        .explain("dots-so~" + simulation + "~1~" + model + "-model");
  }

  private Explanation workload(String simulation, int model) {
    return new WorkloadExplainer(stage.engine, stage.backplane)
        .explain(stage.workload(simulation, model).value());
  }

  private static Optional<Explanation.Wait> wait(Explanation explanation, String what) {
    return explanation.waitingFor().stream().filter(w -> w.what().equals(what)).findFirst();
  }

  private static String sentence(Explanation explanation, String what) {
    return wait(explanation, what).map(Explanation.Wait::sentence).orElse("");
  }

  private void deployed(String simulation, int models) {
    stage.deploy(simulation, models);
    await().until(() -> stage.deployment(simulation, 1).isPresent());
    await()
        .until(() ->
            stage.deployment(simulation, 1).orElseThrow().models().accepted() == models
                && stage.backplane.running() >= models);
  }

  private void awaitModel(String simulation, int model, ModelState state) {
    await().until(() -> stage.model(simulation, model).filter(m -> m.state() == state).isPresent());
  }

  @Test
  void queuedDeploymentKnowsItsPlaceInTheQueueAndWhoHoldsThePlaces() {
    deployed("a", 2);
    stage.deploy("b", 1);
    await().until(() -> stage.state("b").isPresent());
    stage.deploy("c", 2);
    await().until(() -> stage.state("c").isPresent());

    await().until(() -> sentence(deployment("c"), "places").contains("before it"));
    assertThat(sentence(deployment("b"), "places"))
        .contains("needs 1 places and 0 of 2 are free", "it is the next one", "dots-so~a~1 (2)");
    assertThat(sentence(deployment("c"), "places"))
        .contains("needs 2 places", "1 deployment is before it, dots-so~b~1 first");
    assertThat(deployment("c").state()).isEqualTo("queued");
    await().until(() -> deployment("b").commands().getFirst().tries() > 0);
    assertThat(deployment("b").commands().getFirst())
        .matches(c -> c.command().equals("admit") && c.waiting() == 2)
        .matches(c -> c.lastFailure().contains("waits for places"));
    assertThat(deployment("b").advice()).anyMatch(a -> a.contains("TUTTI_LIMITS_WORKLOADS"));
  }

  @Test
  void modelWhoseProcessRunsHasToBeReadyBeforeTheStartTimeout() {
    Instant before = Instant.now();
    deployed("s", 2);
    await().until(() -> model("s", 0).summary().startsWith("Its process runs"));

    Explanation model = model("s", 0);

    assertThat(model.state()).isEqualTo("created");
    Explanation.Wait ready = wait(model, "ready").orElseThrow();
    assertThat(ready.until()).isBetween(before.plus(LONG), Instant.now().plus(LONG));
    assertThat(model.next()).anyMatch(n -> n.sentence().contains("start time-out"));
    assertThat(model.advice()).anyMatch(a -> a.contains("TUTTI_START_TIMEOUT"));
    assertThat(model.lastError()).isNull();
    assertThat(model.history())
        .extracting(JournalEntry::type)
        .containsExactly("model.created", "model.started");
    assertThat(sentence(deployment("s"), "ready")).contains("2 models have", "0-model, 1-model");
  }

  @Test
  void readyModelSaysWhoElseIsMissing() {
    deployed("s", 2);
    stage.ready("s", 0);
    awaitModel("s", 0, ModelState.RUNNING);

    assertThat(sentence(model("s", 0), "others")).contains("1 of the 2 models");
    assertThat(sentence(deployment("s"), "ready")).contains("1 model has", "1-model");

    stage.ready("s", 1);
    await().until(() -> stage.state("s").equals(Optional.of(DeploymentState.READY)));
    await().until(() -> deployment("s").commands().isEmpty());
    assertThat(deployment("s").waitingFor()).isEmpty();
    assertThat(deployment("s").advice()).isEmpty();
    assertThat(model("s", 0).waitingFor()).isEmpty();
  }

  @Test
  void startThatTheBackplaneDoesNotTakeIsCountedAndQuoted() {
    stage.backplane.unavailable(true);
    stage.deploy("s", 1);
    await().until(() -> stage.model("s", 0).isPresent());
    await()
        .until(() ->
            model("s", 0).commands().stream()
                .anyMatch(c -> c.command().equals("start") && c.tries() > 1));

    Explanation model = model("s", 0);

    assertThat(model.summary()).contains("does not run yet");
    assertThat(sentence(model, "backplane"))
        .contains("has to start it", "the last one said: The simulated backplane is unavailable");
    assertThat(model.advice())
        .anyMatch(
            a -> a.contains("Mend the simulated backplane: unavailable, as the test wants it"));
    assertThat(sentence(deployment("s"), "backplane")).contains("is not well");
    assertThat(workload("s", 0).state()).isEqualTo("planned");
    assertThat(sentence(workload("s", 0), "backplane")).contains("has to start it");

    stage.backplane.heal();
    await().until(() -> model("s", 0).summary().startsWith("Its process runs"));
    await().until(() -> wait(model("s", 0), "backplane").isEmpty());
  }

  @Test
  void noticesWaitForTheBroker() {
    deployed("s", 1);
    stage.bus.away(true);
    stage.backplane.exit(stage.workload("s", 0), 3);
    awaitModel("s", 0, ModelState.FAILED);
    await().until(() -> sentence(model("s", 0), "broker").contains("no broker"));

    Explanation deployment = deployment("s");

    assertThat(sentence(deployment, "broker"))
        .contains("3 notices to the simulator wait for the broker (away)")
        .contains("the first is model-has-terminated");
    assertThat(wait(deployment, "broker").orElseThrow().since()).isNotNull();
    assertThat(deployment.advice()).anyMatch(a -> a.contains("Bring the MQTT broker back"));

    stage.bus.away(false);
    await().until(() -> stage.bus.count("AllModelsHaveTerminated") == 1);
    await().until(() -> wait(deployment("s"), "broker").isEmpty());
  }

  @Test
  void failedModelSaysInWhichStepWithWhichCodeAndWhatItWroteLast() {
    deployed("s", 2);
    stage.ready("s", 0);
    awaitModel("s", 0, ModelState.RUNNING);
    stage.backplane.say(stage.workload("s", 0), "about to fail\nValueError\n");
    stage.backplane.exit(stage.workload("s", 0), 3);
    awaitModel("s", 0, ModelState.FAILED);
    await().until(() -> !model("s", 0).lastLines().isEmpty());

    Explanation model = model("s", 0);

    Explanation.LastError error = model.lastError();
    assertThat(error).isNotNull();
    assertThat(error.step()).isEqualTo("run");
    assertThat(error.exitCode()).isEqualTo(3);
    assertThat(error.workload()).isEqualTo(stage.workload("s", 0).value());
    assertThat(model.lastLines()).containsExactly("about to fail", "ValueError");
    assertThat(model.summary()).contains("failed while it ran, with exit code 3");
    assertThat(model.advice()).anyMatch(a -> a.contains("tutti workload logs " + error.workload()));
    assertThat(deployment("s").advice())
        .anyMatch(a -> a.contains("0-model failed first"))
        .anyMatch(a -> a.contains("ModelsReady is never sent"));
    assertThat(workload("s", 0).lastError()).isNotNull();
  }

  @Test
  void unknownImageFailsTheStartAndTheAdviceIsToAddIt() {
    stage.backplane.refuseStarts(ExitCodes.IMAGE_UNKNOWN, "the catalogue does not know it");
    stage.deploy("s", 1);
    await().until(() -> stage.model("s", 0).isPresent());
    awaitModel("s", 0, ModelState.FAILED);

    Explanation model = model("s", 0);

    Explanation.LastError error = model.lastError();
    assertThat(error).isNotNull();
    assertThat(error.step()).isEqualTo("start");
    assertThat(model.next()).noneMatch(n -> n.sentence().contains("start time-out"));
    assertThat(model.advice()).anyMatch(a -> a.contains("tutti image add fake_model:0.0.1"));
    assertThat(deployment("s").state()).isEqualTo("ended");
    assertThat(deployment("s").next())
        .extracting(Explanation.Upcoming::sentence)
        .anyMatch(s -> s.contains("output are deleted"))
        .anyMatch(s -> s.contains("records are deleted"));
  }

  @Test
  void modelThatWasNotReadyInTimeIsToldApart() {
    stage.close();
    stage = new Stage(settings(Duration.ofSeconds(2), 2));
    deployed("s", 1);
    awaitModel("s", 0, ModelState.FAILED);

    Explanation model = model("s", 0);

    Explanation.LastError error = model.lastError();
    assertThat(error).isNotNull();
    assertThat(error.step()).isEqualTo("becoming ready");
    assertThat(error.exitCode()).isEqualTo(ExitCodes.TIME_OUT);
    assertThat(model.advice()).anyMatch(a -> a.contains("send ReadyForProcessing"));
  }

  @Test
  void modelThatEndedWellNeedsNoAdvice() {
    deployed("s", 1);
    stage.ready("s", 0);
    awaitModel("s", 0, ModelState.RUNNING);
    stage.backplane.exit(stage.workload("s", 0), 0);
    awaitModel("s", 0, ModelState.SUCCEEDED);
    await().until(() -> model("s", 0).commands().isEmpty());

    assertThat(model("s", 0).advice()).isEmpty();
    assertThat(model("s", 0).waitingFor()).isEmpty();
    assertThat(model("s", 0).lastError()).isNull();
    assertThat(deployment("s").summary()).contains("1 well, 0 with a failure");
  }

  @Test
  void missingWorkloadRecordIsNoReasonToSayNothing() {
    deployed("s", 1);
    stage.engine.commit(
        Transaction.of(new Write.DeleteDocument(Workload.KIND, stage.workload("s", 0).value())));

    assertThat(model("s", 0).state()).isEqualTo("created");
    List<Finding> found = new ReferencesCheck(stage.store, new NoBlobs()).look(true);
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().sentence()).contains("0-model", "which is not there");
    assertThat(new ReferencesCheck(stage.store, new NoBlobs()).look(false).getFirst().level())
        .isEqualTo(Finding.Level.OK);
  }

  @Test
  void nobodyIsExplainedWhoIsNotThere() {
    assertThatThrownBy(() -> deployment("nobody")).isInstanceOf(Failure.NotFound.class);
    assertThatThrownBy(() -> model("nobody", 0)).isInstanceOf(Failure.NotFound.class);
  }

  private static final class NoBlobs implements Blobs {

    @Override
    public String put(byte[] content) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<byte[]> get(String hash) {
      return Optional.empty();
    }

    @Override
    public Set<String> list() {
      return Set.of();
    }

    @Override
    public void delete(String hash) {}
  }
}
