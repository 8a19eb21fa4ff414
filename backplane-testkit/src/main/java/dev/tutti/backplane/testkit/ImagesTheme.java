package dev.tutti.backplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.backplane.ImageFacts;
import dev.tutti.core.backplane.ImageInspection;
import dev.tutti.core.backplane.WorkloadSpec;
import org.junit.jupiter.api.Test;

/** What is known of images before anything is started. */
interface ImagesTheme extends Theme {

  @Test
  default void imageTellsWhatItRunsWithoutBeingStarted() {
    trial().needs(Capability.IMAGE_INSPECTION);
    ImageInspection images = trial().backplane().inspection().orElseThrow();
    WorkloadSpec spec = trial().spec("looked-at", Program.counts(3));
    ImageFacts facts = images.find(spec.image()).orElseThrow();
    assertThat(facts.command()).isEqualTo(Program.counts(3).command());
    assertThat(facts.reference()).isEqualTo(spec.image());
    assertThat(images.find("nobody/knows:1")).isEmpty();
    assertThat(trial().backplane().list()).isEmpty();
  }

  /** What is declared missing is not offered, and what is not is. */
  @Test
  default void whatIsOfferedIsWhatIsNotDeclaredMissing() {
    var backplane = trial().backplane();
    offers(Capability.IMAGE_INSPECTION, backplane.inspection().isPresent());
    offers(Capability.COMMANDS, backplane.execution().isPresent());
    offers(Capability.FILES, backplane.files().isPresent());
    offers(Capability.METERING, backplane.metering().isPresent());
    offers(Capability.RESIZING, backplane.resizing().isPresent());
    offers(Capability.PUBLISHED_PORTS, backplane.ports().isPresent());
    offers(Capability.NETWORKS, backplane.networks().isPresent());
    offers(Capability.VOLUMES, backplane.volumes().isPresent());
  }

  private void offers(Capability capability, boolean offered) {
    assertThat(offered)
        .as(capability.phrase())
        .isNotEqualTo(trial().bench().missing().containsKey(capability));
  }
}
