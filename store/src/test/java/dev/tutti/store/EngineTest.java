package dev.tutti.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.Failure;
import dev.tutti.core.Message;
import dev.tutti.core.Metrics;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.Problem;
import dev.tutti.core.run.Alarms;
import dev.tutti.core.run.CommandHandler;
import dev.tutti.core.run.Decision;
import dev.tutti.core.run.Engine;
import dev.tutti.core.run.Facts;
import dev.tutti.core.run.OwnerBehaviour;
import dev.tutti.core.run.Stuck;
import dev.tutti.core.run.ThreadAlarms;
import dev.tutti.core.run.TimerFired;
import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.Command;
import dev.tutti.core.store.CommandKind;
import dev.tutti.core.store.Delivery;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Timer;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine on a real database: a feature that counts, and sends each count on. */
final class EngineTest {

  /** How often an owner was told to count. */
  public record Count(String name, int value, List<String> seen) {}

  /** A count, sent on. */
  public record Send(String owner, int value) {}

  record Add(String what) implements Message {}

  record Whisper(int value) implements Message {}

  record Refuse() implements Message {}

  record Explode() implements Message {}

  record Later(Duration in) implements Message {}

  private static final DocumentKind<Count> COUNT =
      DocumentKind.of("count", Count.class, c -> new Attributes("", c.name(), "counting"));
  private static final CommandKind<Send> SEND =
      new CommandKind<>("send", Send.class, Delivery.REPEATABLE);
  private static final CommandKind<Send> SEND_ONCE =
      new CommandKind<>("send-once", Send.class, Delivery.NEVER_TWICE);

  private static final CommandKind<Send> SEND_UNKEPT =
      new CommandKind<>("send-unkept", Send.class, Delivery.NOT_KEPT);

  @TempDir Path folder;

  private final AtomicBoolean broken = new AtomicBoolean(true);
  private final AtomicBoolean receiverAway = new AtomicBoolean();
  private final AtomicInteger attempts = new AtomicInteger();
  private final Queue<Send> sent = new ConcurrentLinkedQueue<>();
  private ExecutorService threads;
  private ThreadAlarms alarms;
  private SqliteStore store;
  private Engine engine;

  @BeforeEach
  void start() {
    start((due, task) -> alarms.at(due, task));
  }

  private void start(Alarms rung) {
    threads = Executors.newVirtualThreadPerTaskExecutor();
    alarms = new ThreadAlarms(threads, Clock.systemUTC());
    store = SqliteStore.open(DataFolder.open(folder));
    engine = new Engine(store, Clock.systemUTC(), threads, rung, Metrics.none());
    engine.register(new Counting());
    engine.register(sending(SEND));
    engine.register(sending(SEND_ONCE));
    engine.register(sending(SEND_UNKEPT));
    engine.recover();
  }

  @AfterEach
  void stop() {
    engine.close();
    alarms.close();
    threads.close();
    store.close();
  }

  private void restart() {
    stop();
    start();
  }

  private final class Counting implements OwnerBehaviour {

    @Override
    public String kind() {
      return "counter";
    }

    @Override
    public Decision decide(OwnerRef owner, Facts facts, Message message, Instant now) {
      return switch (message) {
        case Add(String what) -> add(owner, facts, what);
        case TimerFired(String name, Instant _) -> add(owner, facts, "timer " + name);
        case Later(Duration in) ->
            Decision.draft().timer("late", now.plus(in)).reply("ok").decided();
        case Whisper(int value) ->
            Decision.draft()
                .command(SEND_UNKEPT, "lane/" + owner.id(), new Send(owner.id(), value))
                .decided();
        case Refuse _ -> throw new Failure.Rejected(Problem.of("no", 409, "No."));
        case Explode _ when broken.get() -> {
          attempts.incrementAndGet();
          throw new IllegalStateException("boom");
        }
        case Explode _ -> add(owner, facts, "mended");
        default -> Decision.nothing();
      };
    }

    private static Decision add(OwnerRef owner, Facts facts, String what) {
      Count before = facts.find(COUNT, owner.id()).orElse(new Count(owner.id(), 0, List.of()));
      List<String> seen = new ArrayList<>(before.seen());
      if (seen.size() < 50) {
        seen.add(what);
      }
      Count after = new Count(owner.id(), before.value() + 1, seen);
      CommandKind<Send> kind = what.startsWith("once") ? SEND_ONCE : SEND;
      return Decision.draft()
          .put(COUNT, owner.id(), after)
          .journal("counted", "", what, Map.of("value", after.value()))
          .command(kind, "lane/" + owner.id(), new Send(owner.id(), after.value()))
          .reply(after)
          .decided();
    }
  }

  private CommandHandler<Send> sending(CommandKind<Send> kind) {
    return new CommandHandler<>() {
      @Override
      public CommandKind<Send> kind() {
        return kind;
      }

      @Override
      public void execute(Command<Send> command) {
        if (receiverAway.get()) {
          throw new Failure.Unavailable("away");
        }
        sent.add(command.body());
      }

      @Override
      public void failed(Command<Send> command, RuntimeException cause) {}
    };
  }

  private static OwnerRef owner(int number) {
    return new OwnerRef("counter", "owner-" + number);
  }

  private int count(int owner) {
    return store.find(COUNT, owner(owner).id()).map(d -> d.body().value()).orElse(0);
  }

  @Test
  void messagesOfAnOwnerAreDecidedInOrderAndNoneIsLost() {
    for (int message = 0; message < 400; message++) {
      for (int owner = 0; owner < 20; owner++) {
        engine.strands().tell(owner(owner), new Add("m" + message));
      }
    }
    for (int owner = 0; owner < 20; owner++) {
      int number = owner;
      await().until(() -> count(number) == 400);
      assertThat(store.find(COUNT, owner(owner).id()).map(Document::body).orElseThrow().seen())
          .startsWith("m0", "m1", "m2", "m3")
          .hasSize(50);
    }
    await().until(() -> sent.size() == 8_000);
    assertThat(sent.stream().filter(s -> s.owner().equals("owner-7")).map(Send::value).toList())
        .isSorted();
    assertThat(store.lastJournalNumber()).isEqualTo(8_000);
    await().until(() -> store.commands(List.of(SEND), 0, 1).isEmpty());
  }

  @Test
  void answerIsGivenWhenItIsDurable() throws InterruptedException {
    Count count = engine.strands().ask(owner(1), new Add("x"), Count.class);
    assertThat(count.value()).isEqualTo(1);
    assertThat(count(1)).isEqualTo(1);
  }

  @Test
  void refusalReachesWhoAskedAndWritesNothing() {
    assertThatThrownBy(() -> engine.strands().ask(owner(1), new Refuse(), Count.class))
        .isInstanceOf(Failure.Rejected.class)
        .hasMessage("No.");
    assertThat(store.lastJournalNumber()).isZero();
  }

  @Test
  void messageThatFailsThreeTimesParksItsOwnerAndNoOther() throws InterruptedException {
    engine.strands().tell(owner(1), new Add("before"));
    engine.strands().tell(owner(1), new Explode());
    engine.strands().tell(owner(1), new Add("after"));
    await().until(() -> engine.strands().stuck().contains(owner(1)));
    assertThat(count(1)).isEqualTo(1);
    assertThat(attempts.get()).isGreaterThanOrEqualTo(3);
    assertThat(engine.strands().ask(owner(2), new Add("x"), Count.class).value()).isEqualTo(1);
    assertThatThrownBy(() -> engine.strands().ask(owner(1), new Add("y"), Count.class))
        .hasMessageContaining("quarantine");
    engine.strands().skip(owner(1), "a test");
    await().until(() -> count(1) == 2);
    assertThat(store.find(Stuck.KIND, owner(1).toString())).isEmpty();
  }

  @Test
  void ownerInQuarantineGoesOnAfterRetryWhenTheFaultIsMended() {
    engine.strands().tell(owner(1), new Explode());
    await().until(() -> engine.strands().stuck().contains(owner(1)));
    broken.set(false);
    engine.strands().retry(owner(1), "a test");
    await().until(() -> count(1) == 1);
  }

  @Test
  void commandWaitsForItsReceiverAndSurvivesARestart() {
    receiverAway.set(true);
    engine.strands().tell(owner(1), new Add("a"));
    engine.strands().tell(owner(1), new Add("b"));
    await().until(() -> count(1) == 2);
    restart();
    assertThat(sent).isEmpty();
    receiverAway.set(false);
    await().until(() -> sent.size() == 2);
    assertThat(sent).extracting(Send::value).containsExactly(1, 2);
  }

  @Test
  void commandThatMustNotComeTwiceIsNotSentAgainOnceItWasMarked() {
    receiverAway.set(true);
    engine.strands().tell(owner(1), new Add("once"));
    await().until(() -> store.commands(List.of(SEND_ONCE), 0, 5).stream().anyMatch(c -> c.sent()));
    receiverAway.set(false);
    stop();
    sent.clear();
    start();
    await().until(() -> store.commands(List.of(SEND_ONCE), 0, 5).isEmpty());
    assertThat(sent).isEmpty();
  }

  @Test
  void commandThatIsNotKeptIsExecutedInItsLaneAndGoesWithTheProcess() {
    engine.strands().tell(owner(1), new Add("a"));
    engine.strands().tell(owner(1), new Whisper(2));
    await().until(() -> sent.size() == 2);
    assertThat(sent).extracting(Send::value).containsExactly(1, 2);
    receiverAway.set(true);
    engine.strands().tell(owner(1), new Whisper(3));
    engine.strands().tell(owner(1), new Add("b"));
    await().until(() -> count(1) == 2);
    assertThat(store.commands(List.of(SEND_UNKEPT), 0, 5)).isEmpty();
    restart();
    receiverAway.set(false);
    await().until(() -> sent.size() == 3);
    assertThat(sent).extracting(Send::value).containsExactly(1, 2, 2);
  }

  @Test
  void timerFiresOnceAlsoAfterARestart() throws InterruptedException {
    engine.strands().ask(owner(1), new Later(Duration.ofMillis(300)), String.class);
    restart();
    await().until(() -> count(1) == 1);
    assertThat(store.timers()).isEmpty();
  }

  @Test
  void feedWaitsForTheNextEntry() throws InterruptedException {
    engine.strands().tell(owner(1), new Add("x"));
    List<JournalEntry> entries =
        engine.feed().after(0, Optional.of(owner(1)), Duration.ofSeconds(10));
    assertThat(entries).extracting(JournalEntry::message).containsExactly("x");
    assertThat(engine.feed().after(1, Optional.empty(), Duration.ofMillis(10))).isEmpty();
  }

  /** On a busy machine, the thread that sets it may rest while it rings and is decided on. */
  @Test
  void timerThatWasDueBeforeTheStartIsNotLostWhenItRingsWhileItIsSet() {
    store.commit(
        Transaction.of(
            new Write.SetTimer(new Timer(owner(1), "late", Instant.now().minusSeconds(1)))));
    stop();
    start((due, task) -> {
      Alarms.Alarm alarm = alarms.at(due, task);
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      return alarm;
    });
    await().until(() -> count(1) == 1);
    assertThat(store.timers()).isEmpty();
  }
}
