package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FailedLoginsTest {

  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private final InstantSource source = () -> now;
  private final Clock clock = source.withZone(ZoneOffset.UTC);
  private final FailedLogins logins = new FailedLogins(clock);

  private void fail(String address, int times) {
    for (int i = 0; i < times; i++) {
      logins.failed(address);
    }
  }

  @Test
  void anAddressWaitsUntilItsFirstFailureIsLongAgo() {
    fail("a", 1);
    now = now.plusSeconds(20);
    fail("a", FailedLogins.ALLOWED - 2);
    assertThat(logins.toWait("a")).isEmpty();
    fail("a", 1);
    assertThat(logins.toWait("a")).contains(Duration.ofSeconds(40));
    assertThat(logins.toWait("b")).isEmpty();
    now = now.plusSeconds(40);
    assertThat(logins.toWait("a")).isEmpty();
    fail("a", 1);
    assertThat(logins.toWait("a")).contains(Duration.ofSeconds(20));
  }

  @Test
  void aLoginThatWorksForgetsThoseThatDidNot() {
    fail("a", FailedLogins.ALLOWED - 1);
    logins.succeeded("a");
    fail("a", FailedLogins.ALLOWED - 1);
    assertThat(logins.toWait("a")).isEmpty();
  }

  @Test
  void soManyAddressesAreKeptAndNoMore() {
    fail("first", FailedLogins.ALLOWED);
    for (int i = 0; i < FailedLogins.MOST_ADDRESSES; i++) {
      logins.failed("address " + i);
    }
    assertThat(logins.toWait("first")).isEmpty();
  }
}
