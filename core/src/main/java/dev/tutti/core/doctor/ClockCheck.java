package dev.tutti.core.doctor;

import dev.tutti.core.run.Engine;
import dev.tutti.core.store.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Whether the clock went back behind what the journal has already. */
public final class ClockCheck implements Check {

  private static final Duration TOLERATED = Duration.ofSeconds(5);

  private final Engine engine;

  public ClockCheck(Engine engine) {
    this.engine = engine;
  }

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public List<Finding> look(boolean deep) {
    Instant now = engine.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    long last = engine.store().lastJournalNumber();
    Optional<Instant> newest =
        engine.store().journal(Math.max(0, last - 1), Optional.empty(), 1).stream()
            .map(JournalEntry::time)
            .findFirst();
    Duration ahead = newest.map(time -> Duration.between(now, time)).orElse(Duration.ZERO);
    if (ahead.compareTo(TOLERATED) > 0) {
      return List.of(
          Finding.warning(
              this,
              "The clock says %s, and the last event is from %s, %d s later."
                  .formatted(now, newest.orElseThrow(), ahead.toSeconds()),
              "Let the machine's clock be set by NTP or chrony; deadlines follow the clock."));
    }
    return List.of(
        Finding.ok(
            this,
            "The clock says %s, after the last event; the time zone is %s."
                .formatted(now, ZoneId.systemDefault())));
  }
}
