package dev.tutti.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.core.Failure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PasswordsTest {

  private final Passwords passwords = new Passwords(1, Duration.ofSeconds(30));

  @Test
  void passwordMatchesItsHashAndNoOther() throws Exception {
    String hash = passwords.hash("correct horse battery");
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(passwords.matches("correct horse battery", hash)).isTrue();
    assertThat(passwords.matches("correct horse batterz", hash)).isFalse();
    assertThat(passwords.matches("", hash)).isFalse();
  }

  @Test
  void letterMatchesHoweverAKeyboardComposesIt() throws Exception {
    String hash = passwords.hash("gr\u00fc\u00dfe an alle");
    assertThat(passwords.matches("gru\u0308\u00dfe an alle", hash)).isTrue();
  }

  @Test
  void samePasswordHasAnotherHashEachTime() throws Exception {
    assertThat(passwords.hash("correct horse")).isNotEqualTo(passwords.hash("correct horse"));
  }

  @Test
  void whoFindsNoPlaceIsAskedToComeBack() throws Exception {
    Passwords hasty = new Passwords(1, Duration.ZERO);
    AtomicInteger busy = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        threads.execute(() -> {
          try {
            start.await();
            var _ = hasty.hash("correct horse battery");
            done.incrementAndGet();
          } catch (Failure.TooMany tooMany) {
            assertThat(tooMany.retryAfter()).isPositive();
            busy.incrementAndGet();
          } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
          }
        });
      }
      start.countDown();
    }
    assertThat(busy.get() + done.get()).isEqualTo(20);
    assertThat(busy).hasPositiveValue();
    assertThat(done).hasPositiveValue();
    assertThatExceptionOfType(Failure.TooMany.class)
        .isThrownBy(() -> new Passwords(0, Duration.ZERO).hash("correct horse battery"));
  }
}
