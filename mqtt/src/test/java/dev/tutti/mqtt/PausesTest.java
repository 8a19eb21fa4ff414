package dev.tutti.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PausesTest {
  private final Pauses pauses = new Pauses(Duration.ofMillis(100), Duration.ofSeconds(10));
  private final Random random = new Random(1);

  @Test
  void theFirstPauseIsShort() {
    for (int i = 0; i < 100; i++) {
      assertThat(pauses.before(0, random)).isBetween(Duration.ofMillis(75), Duration.ofMillis(125));
    }
  }

  @Test
  void pausesDoubleUpToTheLongest() {
    assertThat(pauses.before(3, random)).isBetween(Duration.ofMillis(600), Duration.ofSeconds(1));
    for (int attempt : new int[] {7, 31, 40, 64, Integer.MAX_VALUE}) {
      assertThat(pauses.before(attempt, random))
          .isBetween(Duration.ofMillis(7_500), Duration.ofMillis(12_500));
    }
  }

  @Test
  void clientsDoNotComeAllAtOnce() {
    assertThat(pauses.before(5, random)).isNotEqualTo(pauses.before(5, random));
  }
}
