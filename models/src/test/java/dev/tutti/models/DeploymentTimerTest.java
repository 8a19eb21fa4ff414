package dev.tutti.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Names of timers are stored: those that a release wrote, all later ones understand. */
final class DeploymentTimerTest {

  private static final List<String> STORED =
      List.of(
          "START_TIMEOUT:1:",
          "DONE_GRACE:2:",
          "STOP:3:dots-so~sim~3~m059",
          "REPEAT:4:dots-so~sim~4~with:colon",
          "REMOVE:5:dots-so~sim~5~m",
          "FORGET:2147483647:dots-so~sim~2147483647~m");

  @Test
  void nameOfEveryReleaseIsUnderstoodAndWrittenTheSame() {
    assertThat(STORED)
        .allSatisfy(name ->
            assertThat(DeploymentTimer.parse(name).map(DeploymentTimer::name)).contains(name));
  }

  @Test
  void everyPurposeHasANameThatWasStored() {
    assertThat(
            Arrays.stream(DeploymentTimer.Purpose.values())
                .map(Enum::name)
                .collect(Collectors.toSet()))
        .isEqualTo(
            STORED.stream()
                .map(name -> name.substring(0, name.indexOf(':')))
                .collect(Collectors.toSet()));
  }

  @Test
  void nameThatIsNotOursIsNone() {
    assertThat(List.of("", "STOP", "STOP:x:", "LATER:1:"))
        .allMatch(name -> DeploymentTimer.parse(name).isEmpty());
  }
}
