package dev.tutti.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.OwnerRef;
import dev.tutti.core.doctor.ClockCheck;
import dev.tutti.core.doctor.Finding;
import dev.tutti.core.doctor.Finding.Level;
import dev.tutti.core.doctor.HealthOf;
import dev.tutti.core.doctor.LanesCheck;
import dev.tutti.core.doctor.WorkloadsCheck;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What the checks of the core find when records, backplane, clock or lanes are not as they should.
 */
final class ChecksTest {

  private final Stage stage = new Stage(DecisionWorld.settings(100));

  @AfterEach
  void close() {
    stage.close();
  }

  private static Finding only(List<Finding> findings) {
    assertThat(findings).hasSize(1);
    return findings.getFirst();
  }

  private void deployed() {
    stage.deploy("s", 1);
    await().until(() -> stage.backplane.running() == 1);
    await().until(() -> new WorkloadsCheck(stage.engine, stage.backplane).look(true).size() == 1);
  }

  @Test
  void recordThatBelievesWhatIsNotSoIsFound() {
    deployed();
    WorkloadsCheck check = new WorkloadsCheck(stage.engine, stage.backplane);
    await().until(() -> check.look(true).getFirst().level() == Level.OK);
    assertThat(only(check.look(true)).sentence()).isEqualTo("1 records agree with the backplane.");

    stage.backplane.forget(stage.workload("s", 0));

    Finding gone = only(check.look(true));
    assertThat(gone.level()).isEqualTo(Level.WARNING);
    assertThat(gone.sentence()).endsWith("is believed to run, and is not there.");
    assertThat(only(check.look(false)).level()).isEqualTo(Level.OK);
    stage.supervisor.compare();
    await().until(() -> check.look(true).getFirst().level() == Level.OK);
  }

  @Test
  void endThatNobodyToldIsFound() {
    deployed();
    stage.backplane.loseObservations((_, seen) -> seen.terminal());
    stage.backplane.exit(stage.workload("s", 0), 0);
    assertThat(only(new WorkloadsCheck(stage.engine, stage.backplane).look(true)).sentence())
        .endsWith("is believed to run, and has ended.");
  }

  @Test
  void commandThatIsTriedInVainForLongIsFound() {
    LanesCheck check = new LanesCheck(stage.engine, Duration.ZERO, Set.of());
    assertThat(only(check.look(false)).level()).isEqualTo(Level.OK);
    stage.backplane.unavailable(true);
    stage.deploy("s", 1);
    await().until(() -> check.look(false).getFirst().level() == Level.WARNING);
    Finding late = only(check.look(false));
    assertThat(late.sentence())
        .contains("In lane workload/", "start of deployment:dots-so~s", "is unavailable");
    assertThat(
            only(new LanesCheck(stage.engine, Duration.ofHours(1), Set.of()).look(false)).level())
        .isEqualTo(Level.OK);
    String lane = stage.engine.lanes().statuses().getFirst().lane();
    assertThat(only(new LanesCheck(stage.engine, Duration.ZERO, Set.of(lane)).look(false)).level())
        .isEqualTo(Level.OK);
  }

  @Test
  void clockThatWentBackIsFound() {
    ClockCheck check = new ClockCheck(stage.engine);
    assertThat(only(check.look(false)).level()).isEqualTo(Level.OK);
    stage.engine.commit(
        Transaction.of(
            new Write.AppendJournal(
                new JournalEntry(
                    0,
                    Instant.now().plusSeconds(3600),
                    new OwnerRef("test", "x"),
                    "test.done",
                    "x",
                    "from the future",
                    Map.of()))));
    Finding back = only(check.look(false));
    assertThat(back.level()).isEqualTo(Level.WARNING);
    assertThat(back.advice()).contains("NTP");
  }

  @Test
  void partThatIsNotWellSaysWhy() {
    HealthOf check = new HealthOf("backplane", stage.backplane::health, "Wait.");
    assertThat(only(check.look(false)).level()).isEqualTo(Level.OK);
    stage.backplane.unavailable(true);
    Finding unwell = only(check.look(false));
    assertThat(unwell.level()).isEqualTo(Level.ERROR);
    assertThat(unwell.sentence()).contains("unavailable, as the test wants it");
    stage.backplane.unavailable(false);
  }
}
