package dev.tutti.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.backplane.Particulars;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a backplane keeps with a workload, for when no record knows it. */
interface LabelsTheme extends Theme {

  /** What it takes to adopt a workload that no record knows, also after a restart. */
  @Test
  default void particularsAreThoseThatItWasStartedWith() {
    WorkloadId id = trial().start("known", Program.obeys(0));
    trial().awaitRunning(id);
    Particulars before = trial().backplane().particulars(id).orElseThrow();
    assertThat(before.image()).isNotEmpty();
    assertThat(before.place()).isNotEmpty();
    assertThat(before.since()).isBefore(Instant.now().plusSeconds(1));
    assertThat(trial().backplane().particulars(new WorkloadId("nobody"))).isEmpty();
    trial().backplane().stop(id, Trial.PATIENT);
    trial().backplane().remove(id);
    assertThat(trial().backplane().particulars(id)).isEmpty();
  }

  @Test
  default void labelsAreKeptAsTheyAre() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("tutti.owner", "deployment:dots-so~sim");
    labels.put("empty", "");
    labels.put("equals", "a=b==c");
    labels.put("lines", "first\nimage=of another\n\n");
    labels.put("quotes", "\"it's\" {\"json\": [1, 2]} \\n $HOME");
    labels.put("letters", "grün 水 😀");
    labels.put("image", "a label, not the image");
    WorkloadSpec plain = trial().spec("labelled", Program.runs());
    trial()
        .backplane()
        .start(new WorkloadSpec(plain.id(), plain.image(), plain.environment(), labels));
    trial().awaitRunning(plain.id());
    assertKept(plain, labels);
    trial().reopen();
    assertKept(plain, labels);
  }

  private void assertKept(WorkloadSpec started, Map<String, String> labels) {
    Particulars kept = trial().backplane().particulars(started.id()).orElseThrow();
    assertThat(kept.labels()).containsExactlyInAnyOrderEntriesOf(labels);
    assertThat(kept.image()).isEqualTo(started.image());
  }
}
