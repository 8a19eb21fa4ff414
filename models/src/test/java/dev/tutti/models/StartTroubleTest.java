package dev.tutti.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.backplane.testkit.SimulatedBackplane.Call;
import dev.tutti.core.backplane.ExitCodes;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.workload.Workload;
import dev.tutti.core.workload.WorkloadState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What may work later is tried later, up to the start time-out; what can never work ends. */
final class StartTroubleTest {

  private Stage stage = new Stage(settings(Duration.ofMinutes(5)));

  @AfterEach
  void close() {
    stage.close();
  }

  private static ModelsSettings settings(Duration startTimeout) {
    return new ModelsSettings(
        List.of("dots-so"),
        startTimeout,
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofDays(7),
        10);
  }

  private List<JournalEntry> delays() {
    return stage.store.journal(0, Optional.empty(), 1_000).stream()
        .filter(entry -> entry.type().equals("workload.start-delayed"))
        .toList();
  }

  @Test
  void startIsTriedLessAndLessOftenAndTheJournalTellsEachStepOnce() {
    stage.backplane.unavailable(true);
    stage.deploy("s", 1);
    await().until(() -> delays().size() >= 3);
    assertThat(delays().subList(0, 3))
        .extracting(entry -> entry.data().get("nextInMillis"))
        .containsExactly(200L, 400L, 800L);
    assertThat(delays().getFirst().data())
        .containsEntry("tries", 1)
        .containsEntry("reason", "The simulated backplane is unavailable.");
    assertThat(delays().getFirst().message()).contains("try 1").contains("is unavailable");
    assertThat(stage.backplane.calls(Call.START)).isBetween(3L, 4L);
    Workload waiting =
        stage.store.find(Workload.KIND, stage.workload("s", 0).value()).orElseThrow().body();
    assertThat(waiting.state()).isEqualTo(WorkloadState.PLANNED);
    assertThat(waiting.reason()).isEqualTo("StartDelayed: The simulated backplane is unavailable.");

    stage.backplane.unavailable(false);
    await().until(() -> stage.backplane.running() == 1);
    await()
        .untilAsserted(() ->
            assertThat(stage.store.find(Workload.KIND, waiting.id()).orElseThrow().body().reason())
                .isEmpty());
  }

  @Test
  void modelThatCouldNotBeStartedInTimeFailsWithWhy() {
    close();
    stage = new Stage(settings(Duration.ofSeconds(1)));
    stage.backplane.unavailable(true);
    stage.deploy("s", 2);
    await().until(() -> stage.bus.count("AllModelsHaveTerminated") == 1);
    Model model = stage.model("s", 0).orElseThrow();
    assertThat(model.state()).isEqualTo(ModelState.FAILED);
    assertThat(model.code()).isEqualTo(ExitCodes.START_FAILED);
    assertThat(model.reason()).startsWith("StartFailed: ").contains("backplane is unavailable");
    assertThat(stage.bus.count("ModelHasTerminated")).isEqualTo(2);

    // It does not come up behind everybody's back when the backplane is there again.
    stage.backplane.unavailable(false);
    await()
        .until(() ->
            stage.store.find(Workload.KIND, model.workload()).orElseThrow().body().state().ended());
    assertThat(stage.backplane.started()).isEmpty();
  }

  @Test
  void startThatCanNeverWorkIsNotTriedAgain() {
    stage.backplane.refuseStarts(ExitCodes.START_FAILED, "there is no program 'x'");
    stage.deploy("s", 2);
    await().until(() -> stage.bus.count("AllModelsHaveTerminated") == 1);
    assertThat(stage.model("s", 0)).map(Model::code).contains(ExitCodes.START_FAILED);
    assertThat(stage.backplane.calls(Call.START)).isEqualTo(2);
    assertThat(delays()).isEmpty();
  }
}
