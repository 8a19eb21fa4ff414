package dev.tutti.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.Message;
import dev.tutti.core.Metrics;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.run.Decision;
import dev.tutti.core.run.Engine;
import dev.tutti.core.run.EngineSettings;
import dev.tutti.core.run.Facts;
import dev.tutti.core.run.OwnerBehaviour;
import dev.tutti.core.run.Time;
import dev.tutti.core.run.TimerFired;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Store;
import dev.tutti.core.store.Timer;
import dev.tutti.store.testkit.InMemoryStore;
import dev.tutti.store.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deadlines survive a clock that is set and a process that is frozen. All time is the test's. */
final class ClockTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final OwnerRef OWNER = new OwnerRef("waiter", "w");

  record Wait(String name, Duration in) implements Message {}

  record Forget(String name) implements Message {}

  record Hear(String what) implements Message {}

  private final ManualTime world = new ManualTime();
  private final Store store = new InMemoryStore();
  private final List<String> heard = new ArrayList<>();
  private Engine engine;

  private final class Waiting implements OwnerBehaviour {

    @Override
    public String kind() {
      return "waiter";
    }

    @Override
    public Decision decide(OwnerRef owner, Facts facts, Message message, Instant now) {
      return switch (message) {
        case Wait(String name, Duration in) -> Decision.draft().timer(name, now.plus(in)).decided();
        case Forget(String name) -> Decision.draft().cancelTimer(name).decided();
        case Hear(String what) -> heard(what);
        case TimerFired(String name, Instant _) -> heard(name);
        default -> Decision.nothing();
      };
    }

    private Decision heard(String what) {
      heard.add(what);
      return Decision.draft().journal("heard", "", what, java.util.Map.of()).decided();
    }
  }

  @BeforeEach
  void start() {
    engine =
        new Engine(
            store,
            Time.watched(world, world, world),
            world,
            Metrics.none(),
            EngineSettings.defaults());
    engine.register(new Waiting());
    engine.recover();
    world.settle();
  }

  private void restartAfter(Runnable meanwhile) {
    engine.close();
    world.forget();
    meanwhile.run();
    start();
  }

  private void tell(Message message) {
    engine.strands().tell(OWNER, message);
    world.settle();
  }

  private List<JournalEntry> events(String type) {
    return store.journal(0, Optional.empty(), 1_000).stream()
        .filter(entry -> entry.type().equals(type))
        .toList();
  }

  private Duration storedTime(String name) {
    return store.timers().stream()
        .filter(timer -> timer.name().equals(name))
        .map(Timer::due)
        .findFirst()
        .map(due -> Duration.between(world.instant(), due))
        .orElseThrow();
  }

  private void deadlineKeepsItsDistance(Duration jump) {
    tell(new Wait("start-timeout", MINUTE.multipliedBy(5)));
    world.pass(MINUTE);
    world.set(jump);
    world.pass(MINUTE);
    assertThat(events("clock.jumped"))
        .singleElement()
        .satisfies(event -> {
          assertThat((Double) event.data().get("seconds")).isEqualTo((double) jump.toSeconds());
          assertThat(event.message()).contains("3600.000 s");
        });
    assertThat(storedTime("start-timeout")).isEqualTo(MINUTE.multipliedBy(3));
    assertThat(heard).isEmpty();
    world.pass(MINUTE.multipliedBy(3).minus(SECOND));
    assertThat(heard).isEmpty();
    world.pass(SECOND.multipliedBy(2));
    assertThat(heard).containsExactly("start-timeout");
    assertThat(store.timers()).isEmpty();
  }

  @Test
  void deadlineIsNotEarlyWhenTheClockIsSetForward() {
    deadlineKeepsItsDistance(HOUR);
  }

  @Test
  void deadlineIsNotLateWhenTheClockIsSetBack() {
    deadlineKeepsItsDistance(HOUR.negated());
  }

  @Test
  void deadlineSetBetweenTheJumpAndItsDiscoveryIsNotMoved() {
    world.pass(Duration.ofMillis(1_500));
    world.set(HOUR);
    tell(new Wait("new", MINUTE));
    world.pass(SECOND);
    assertThat(events("clock.jumped")).hasSize(1);
    assertThat(storedTime("new")).isEqualTo(MINUTE.minus(SECOND));
  }

  @Test
  void cancelledTimerDoesNotComeBackWithAJump() {
    tell(new Wait("gone", MINUTE));
    tell(new Wait("stays", MINUTE));
    tell(new Forget("gone"));
    world.set(HOUR.negated());
    world.pass(MINUTE.multipliedBy(2));
    assertThat(heard).containsExactly("stays");
    assertThat(store.timers()).isEmpty();
  }

  @Test
  void smallCorrectionsOfTheClockAreNoJumps() {
    tell(new Wait("x", MINUTE));
    for (int i = 0; i < 30; i++) {
      world.set(Duration.ofMillis(i % 2 == 0 ? 4_000 : -3_000));
      world.pass(SECOND);
    }
    assertThat(events("clock.jumped")).isEmpty();
    world.pass(Duration.ofSeconds(31));
    assertThat(heard).containsExactly("x");
  }

  @Test
  void anotherTimeZoneIsNoJump() {
    TimeZone before = TimeZone.getDefault();
    try {
      tell(new Wait("x", MINUTE));
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
      world.pass(MINUTE.minus(SECOND));
      assertThat(heard).isEmpty();
      restartAfter(() -> TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Marquesas")));
      assertThat(storedTime("x")).isEqualTo(SECOND);
      world.pass(Duration.ofSeconds(2));
      assertThat(heard).containsExactly("x");
      assertThat(events("clock.jumped")).isEmpty();
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void clockThatIsSetWhileNobodyWatchesMovesDeadlinesAtTheRestart() {
    tell(new Wait("start-timeout", MINUTE.multipliedBy(5)));
    world.pass(MINUTE);
    restartAfter(() -> {
      world.freeze(MINUTE);
      world.set(HOUR.negated());
    });
    assertThat(events("clock.jumped"))
        .singleElement()
        .extracting(event -> event.data().get("seconds"))
        .isEqualTo(-3_600.0);
    assertThat(storedTime("start-timeout")).isEqualTo(MINUTE.multipliedBy(3));
    world.pass(MINUTE.multipliedBy(3).plus(SECOND));
    assertThat(heard).containsExactly("start-timeout");
    restartAfter(() -> {});
    assertThat(events("clock.jumped")).hasSize(1);
  }

  @Test
  void manyTimersAreMovedOnceEach() {
    for (int i = 0; i < 1_700; i++) {
      tell(new Wait("t" + i, HOUR));
    }
    restartAfter(() -> world.set(Duration.ofDays(1)));
    assertThat(store.timers())
        .hasSize(1_700)
        .allSatisfy(
            timer -> assertThat(Duration.between(world.instant(), timer.due())).isEqualTo(HOUR));
    world.set(HOUR.negated());
    world.pass(SECOND);
    assertThat(store.timers())
        .hasSize(1_700)
        .allSatisfy(timer ->
            assertThat(Duration.between(world.instant(), timer.due()))
                .isEqualTo(HOUR.minus(SECOND)));
  }

  @Test
  void clockSetBackOverAReBootIsSeenByAJournalFromTheFuture() {
    tell(new Wait("start-timeout", MINUTE.multipliedBy(5)));
    tell(new Hear("alive"));
    restartAfter(() -> {
      world.boot("second boot");
      world.set(HOUR.negated());
    });
    assertThat(events("clock.jumped")).hasSize(1);
    assertThat(storedTime("start-timeout")).isEqualTo(MINUTE.multipliedBy(5));
  }

  @Test
  void rebootAloneIsNoJump() {
    tell(new Wait("x", MINUTE.multipliedBy(5)));
    restartAfter(() -> {
      world.freeze(MINUTE);
      world.boot("second boot");
    });
    assertThat(events("clock.jumped")).isEmpty();
    assertThat(storedTime("x")).isEqualTo(MINUTE.multipliedBy(4));
  }

  @Test
  void whatArrivedWhileTheProcessWasFrozenIsHeardBeforeDeadlinesThatPassedMeanwhile() {
    tell(new Wait("start-timeout", MINUTE));
    world.pass(Duration.ofSeconds(30));
    world.freeze(MINUTE.multipliedBy(10));
    // It goes on, alarms ring at once, and the network is a little slower than they are.
    world.pass(SECOND);
    assertThat(heard).isEmpty();
    tell(new Hear("ready"));
    world.pass(Duration.ofSeconds(10));
    assertThat(heard).containsExactly("ready", "start-timeout");
    assertThat(events("clock.stood-still"))
        .singleElement()
        .extracting(event -> (Double) event.data().get("seconds"))
        .satisfies(seconds -> assertThat(seconds).isBetween(599.0, 602.0));
    assertThat(events("clock.jumped")).isEmpty();
  }

  @Test
  void deadlineThatIsCancelledInTheGraceDoesNotFire() {
    tell(new Wait("start-timeout", MINUTE));
    world.freeze(MINUTE.multipliedBy(2));
    world.pass(SECOND);
    tell(new Forget("start-timeout"));
    world.pass(MINUTE);
    assertThat(heard).isEmpty();
  }

  @Test
  void workThatWasDueAtOnceDoesNotWaitForTheGrace() {
    world.pass(MINUTE);
    world.freeze(MINUTE.multipliedBy(2));
    world.pass(SECOND.multipliedBy(2));
    tell(new Wait("chore", Duration.ZERO));
    world.pass(Duration.ofMillis(1));
    assertThat(heard).containsExactly("chore");
  }

  @Test
  void deadlineThatPassedWhileNobodyRanWaitsForTheMessagesThatWaitedToo() {
    tell(new Wait("start-timeout", MINUTE));
    tell(new Hear("alive"));
    restartAfter(() -> world.freeze(HOUR));
    world.pass(SECOND);
    assertThat(heard).containsExactly("alive");
    tell(new Hear("ready"));
    world.pass(Duration.ofSeconds(10));
    assertThat(heard).containsExactly("alive", "ready", "start-timeout");
  }
}
