package dev.tutti.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.Failure;
import dev.tutti.core.Message;
import dev.tutti.core.Metrics;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.run.CommandHandler;
import dev.tutti.core.run.Decision;
import dev.tutti.core.run.Engine;
import dev.tutti.core.run.EngineSettings;
import dev.tutti.core.run.Facts;
import dev.tutti.core.run.OwnerBehaviour;
import dev.tutti.core.run.Pace;
import dev.tutti.core.run.Retry;
import dev.tutti.core.run.Time;
import dev.tutti.core.store.Command;
import dev.tutti.core.store.CommandKind;
import dev.tutti.core.store.Delivery;
import dev.tutti.core.store.Store;
import dev.tutti.store.testkit.InMemoryStore;
import dev.tutti.store.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing is tried in a hot loop, and no crowd goes through one door at once. */
final class PaceTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** What is sent, and how. */
  public record Parcel(String text) {}

  record Ask(String lane, String text) implements Message {}

  private static final CommandKind<Parcel> SEND =
      new CommandKind<>("send", Parcel.class, Delivery.REPEATABLE);

  private final ManualTime world = new ManualTime();
  private final Store store = new InMemoryStore();
  private final List<Instant> tries = new ArrayList<>();
  private final List<Duration> delays = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();
  private Retry retry = Retry.ofStarts();
  private boolean away = true;
  private Engine engine;

  @BeforeEach
  void start() {
    engine =
        new Engine(
            store,
            Time.watched(world, world, world),
            world,
            Metrics.none(),
            EngineSettings.defaults());
    engine.register(new Asking());
    engine.register(new Sending());
    engine.recover();
  }

  private static final class Asking implements OwnerBehaviour {

    @Override
    public String kind() {
      return "asker";
    }

    @Override
    public Decision decide(OwnerRef owner, Facts facts, Message message, Instant now) {
      return message instanceof Ask(String lane, String text)
          ? Decision.draft().command(SEND, lane, new Parcel(text)).decided()
          : Decision.nothing();
    }
  }

  private final class Sending implements CommandHandler<Parcel> {

    @Override
    public CommandKind<Parcel> kind() {
      return SEND;
    }

    @Override
    public void execute(Command<Parcel> command) {
      tries.add(world.instant());
      if (away) {
        throw new Failure.Unavailable("nobody there");
      }
      sent.add(command.body().text());
    }

    @Override
    public Retry retry() {
      return retry;
    }

    @Override
    public void delayed(
        Command<Parcel> command, RuntimeException cause, int triesSoFar, Duration next) {
      delays.add(next);
    }

    @Override
    public void failed(Command<Parcel> command, RuntimeException cause) {
      failures.add(cause.getMessage());
    }
  }

  private void ask(String owner, String lane, String text) {
    engine.strands().tell(new OwnerRef("asker", owner), new Ask(lane, text));
    world.settle();
  }

  private List<Duration> pauses() {
    return IntStream.range(1, tries.size())
        .mapToObj(i -> Duration.between(tries.get(i - 1), tries.get(i)))
        .toList();
  }

  @Test
  void pausesGrowFromAFifthOfASecondToHalfAMinuteAndAreToldOnceEach() {
    ask("o", "l", "x");
    world.pass(MINUTE.multipliedBy(10));
    assertThat(delays)
        .extracting(Duration::toMillis)
        .containsExactly(200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 12_800L, 25_600L, 30_000L);
    assertThat(tries).hasSizeBetween(20, 32);
    assertThat(pauses().getFirst()).isBetween(Duration.ofMillis(200), Duration.ofMillis(250));
    assertThat(pauses().getLast()).isBetween(Duration.ofSeconds(30), Duration.ofMillis(37_500));
    assertThat(failures).isEmpty();
    away = false;
    world.pass(MINUTE);
    assertThat(sent).containsExactly("x");
  }

  @Test
  void whatMayBeTriedSoManyTimesFailsForGoodAfterwards() {
    retry = new Retry(Duration.ofMillis(10), Duration.ofMillis(20), 5);
    ask("o", "l", "x");
    world.pass(MINUTE);
    assertThat(tries).hasSize(5);
    assertThat(failures).containsExactly("nobody there");
    world.pass(MINUTE);
    assertThat(tries).hasSize(5);
    away = false;
    ask("o", "l", "y");
    assertThat(sent).containsExactly("y");
  }

  @Test
  void crowdIsLetThroughInSlicesWithPausesThatDiffer() {
    Map<Instant, Integer> done = new HashMap<>();
    List<Integer> order = new ArrayList<>();
    engine
        .slices()
        .each(
            IntStream.range(0, 5_000).boxed().toList(),
            item -> {
              done.merge(world.instant(), 1, Integer::sum);
              order.add(item);
            });
    assertThat(order).hasSize(500);
    world.pass(Duration.ofSeconds(1));
    assertThat(order).hasSize(5_000).isSorted();
    assertThat(done.values()).hasSize(10).containsOnly(500);
    List<Instant> times = done.keySet().stream().sorted().toList();
    List<Duration> between =
        IntStream.range(1, times.size())
            .mapToObj(i -> Duration.between(times.get(i - 1), times.get(i)))
            .toList();
    assertThat(between)
        .allSatisfy(
            pause -> assertThat(pause).isBetween(Duration.ofMillis(37), Duration.ofMillis(63)));
    assertThat(between.stream().distinct().count()).isGreaterThan(1);
  }

  @Test
  void tenThousandTakeAboutASecond() {
    Pace pace = Pace.defaults();
    int pauses = (10_000 + pace.slice() - 1) / pace.slice() - 1;
    assertThat(pace.pause().multipliedBy(pauses)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void itemThatFailsKeepsNoOtherSliceFromItsTurn() {
    List<Integer> done = new ArrayList<>();
    try {
      engine
          .slices()
          .each(
              IntStream.range(0, 1_000).boxed().toList(),
              item -> {
                if (item == 3) {
                  throw new IllegalStateException("three");
                }
                done.add(item);
              });
    } catch (IllegalStateException three) {
      assertThat(three).hasMessage("three");
    }
    world.pass(Duration.ofSeconds(1));
    assertThat(done).hasSize(503);
  }

  @Test
  void thousandWaitingLanesGoOnInSlicesSoonAfterTheReceiverIsBack() {
    for (int i = 0; i < 1_000; i++) {
      ask("o" + i, "notices/" + i, i + "a");
      ask("o" + i, "notices/" + i, i + "b");
    }
    world.pass(MINUTE.multipliedBy(5));
    away = false;
    tries.clear();
    engine.nudge("notices/");
    world.settle();
    assertThat(sent).hasSize(1_000);
    world.pass(Duration.ofMillis(100));
    assertThat(sent).hasSize(2_000);
    for (int i = 0; i < 1_000; i++) {
      assertThat(sent.indexOf(i + "a")).isLessThan(sent.indexOf(i + "b"));
    }
  }
}
