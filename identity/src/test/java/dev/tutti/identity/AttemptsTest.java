package dev.tutti.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.store.testkit.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttemptsTest {

  private final ManualTime time = new ManualTime();
  private final Attempts attempts = new Attempts(time, 3, Duration.ofSeconds(10));

  private void use(int tries) {
    for (int i = 0; i < tries; i++) {
      assertThat(attempts.ask("anna").given()).isTrue();
    }
  }

  @Test
  void whoTriesTooOftenWaitsAndIsToldHowLong() {
    use(3);
    assertThat(attempts.ask("anna").delay()).isEqualTo(Duration.ofSeconds(10));
    time.pass(Duration.ofSeconds(4));
    assertThat(attempts.ask("anna").delay()).isEqualTo(Duration.ofSeconds(6));
    time.pass(Duration.ofSeconds(6));
    assertThat(attempts.ask("anna").given()).isTrue();
    assertThat(attempts.ask("anna").given()).isFalse();
  }

  @Test
  void othersDoNotWait() {
    use(3);
    assertThat(attempts.ask("anna").given()).isFalse();
    assertThat(attempts.ask("bob").given()).isTrue();
  }

  @Test
  void rowOfTriesIsSaidOnce() {
    use(3);
    assertThat(attempts.ask("anna").first()).isTrue();
    assertThat(attempts.ask("anna").first()).isFalse();
    time.pass(Duration.ofSeconds(10));
    assertThat(attempts.ask("anna").given()).isTrue();
    assertThat(attempts.ask("anna").first()).isFalse();
    time.pass(Duration.ofSeconds(30));
    use(3);
    assertThat(attempts.ask("anna").first()).isTrue();
  }

  @Test
  void successIsAFreshStart() {
    use(3);
    attempts.forget("anna");
    use(3);
  }

  @Test
  void inventedNamesDoNotFillTheMemory() {
    for (int i = 0; i < 50_000; i++) {
      assertThat(attempts.ask("invented-" + i).given()).isTrue();
    }
    assertThat(attempts.size()).isEqualTo(10_000);
  }
}
