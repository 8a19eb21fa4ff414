package dev.tutti.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.Failure;
import dev.tutti.core.Message;
import dev.tutti.core.Metrics;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.run.Decision;
import dev.tutti.core.run.Engine;
import dev.tutti.core.run.Facts;
import dev.tutti.core.run.OwnerBehaviour;
import dev.tutti.core.run.Receipt;
import dev.tutti.core.run.Stuck;
import dev.tutti.core.run.StuckOwners;
import dev.tutti.core.run.ThreadAlarms;
import dev.tutti.core.run.TimerFired;
import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.UnreadableDocument;
import dev.tutti.core.store.Write;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two ends of a quarantine, and what must not get lost on the way. */
final class QuarantineTest {

  record Say(String what) implements Message {}

  record Explode() implements Message {}

  record Arm() implements Message {}

  private static final OwnerRef OWNER = new OwnerRef("sayer", "one");

  @TempDir Path folder;

  private final AtomicBoolean broken = new AtomicBoolean(true);
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private final Queue<String> receipts = new ConcurrentLinkedQueue<>();
  private ExecutorService threads;
  private ThreadAlarms alarms;
  private SqliteStore store;
  private Engine engine;

  @BeforeEach
  void start() {
    threads = Executors.newVirtualThreadPerTaskExecutor();
    alarms = new ThreadAlarms(threads, Clock.systemUTC());
    store = SqliteStore.open(DataFolder.open(folder));
    engine = new Engine(store, Clock.systemUTC(), threads, alarms, Metrics.none());
    engine.register(new Saying());
    engine.recover();
  }

  @AfterEach
  void stop() {
    engine.close();
    alarms.close();
    threads.close();
    store.close();
  }

  private final class Saying implements OwnerBehaviour {

    @Override
    public String kind() {
      return "sayer";
    }

    @Override
    public Decision decide(OwnerRef owner, Facts facts, Message message, Instant now) {
      return switch (message) {
        case Say(String what) -> {
          heard.add(what);
          yield Decision.draft().journal("said", "", what, Map.of()).reply(what).decided();
        }
        case Arm _ -> Decision.draft().timer("bomb", now).reply("armed").decided();
        case Explode _ -> explode();
        case TimerFired _ -> explode();
        default -> Decision.nothing();
      };
    }

    private Decision explode() {
      if (broken.get()) {
        throw new IllegalStateException("boom");
      }
      heard.add("mended");
      return Decision.draft().reply("mended").decided();
    }
  }

  private Receipt receipt(String name) {
    return new Receipt() {
      @Override
      public void decided(Optional<Object> reply) {
        receipts.add(name + " decided");
      }

      @Override
      public void refused(RuntimeException why) {
        receipts.add(name + " refused: " + why.getMessage());
      }
    };
  }

  private void awaitStuck() {
    await().until(() -> store.find(Stuck.KIND, OWNER.toString()).isPresent());
    await().until(() -> engine.strands().stuck().equals(List.of(OWNER)));
  }

  private List<String> events() {
    return store.newest(OWNER, "", 100).stream().map(JournalEntry::type).toList();
  }

  @Test
  void skippedMessageTellsItsSenderAndTheJournalSaysWhoWantedIt() {
    engine.strands().tell(OWNER, new Explode(), receipt("explode"));
    engine.strands().tell(OWNER, new Say("after"), receipt("after"));
    awaitStuck();
    await().until(() -> engine.strands().status(OWNER).waiting() == 2);

    engine.strands().skip(OWNER, "somebody");

    await().until(() -> receipts.contains("after decided"));
    assertThat(receipts).anyMatch(r -> r.startsWith("explode refused: ") && r.contains("go on"));
    assertThat(events()).containsExactly("owner.stuck", "owner.skipped", "said");
    JournalEntry skipped = store.newest(OWNER, "", 2).getFirst();
    assertThat(skipped.message()).contains("goes on without Explode", "somebody");
    assertThat(skipped.data()).containsEntry("by", "somebody").containsEntry("message", "Explode");
    assertThat(engine.strands().stuck()).isEmpty();
  }

  @Test
  void retriedMessageIsDecidedFirstAndInOrder() {
    engine.strands().tell(OWNER, new Explode(), receipt("explode"));
    engine.strands().tell(OWNER, new Say("after"), receipt("after"));
    awaitStuck();
    broken.set(false);

    engine.strands().retry(OWNER, "somebody");

    await().until(() -> receipts.size() == 2);
    assertThat(receipts).containsExactly("explode decided", "after decided");
    assertThat(heard).containsExactly("mended", "after");
    assertThat(events()).containsExactly("owner.stuck", "owner.retried", "said");
  }

  @Test
  void retryWithoutAMendingParksItAgain() {
    engine.strands().tell(OWNER, new Explode(), receipt("explode"));
    awaitStuck();

    engine.strands().retry(OWNER, "somebody");

    await().until(() -> events().equals(List.of("owner.stuck", "owner.retried", "owner.stuck")));
    awaitStuck();
    assertThat(receipts).isEmpty();
  }

  /** The failed message of who could not wait is gone already; the next one is innocent. */
  @Test
  void skipDropsNoMessageThatDidNotFail() {
    assertThatThrownBy(() -> engine.strands().ask(OWNER, new Explode(), String.class))
        .isInstanceOf(Failure.Rejected.class)
        .hasMessageContaining("quarantine");
    awaitStuck();
    engine.strands().tell(OWNER, new Say("innocent"), receipt("innocent"));

    engine.strands().skip(OWNER, "somebody");

    await().until(() -> receipts.contains("innocent decided"));
    assertThat(heard).containsExactly("innocent");
  }

  @Test
  void skippedTimerDoesNotComeBackWithTheNextStart() throws InterruptedException {
    assertThat(engine.strands().ask(OWNER, new Arm(), String.class)).isEqualTo("armed");
    awaitStuck();
    assertThat(engine.timersOf(OWNER)).hasSize(1);

    engine.strands().skip(OWNER, "somebody");

    assertThat(engine.timersOf(OWNER)).isEmpty();
    assertThat(store.timers()).isEmpty();
    stop();
    start();
    assertThat(engine.strands().ask(OWNER, new Say("on"), String.class)).isEqualTo("on");
    assertThat(engine.strands().stuck()).isEmpty();
  }

  public record Spoilt(String since) {}

  /** A restart is a retry, whatever is left of the reason. */
  @Test
  void quarantineWhoseRecordCannotBeReadEndsWithTheNextStart() throws InterruptedException {
    DocumentKind<Spoilt> spoilt =
        DocumentKind.of("stuck", Spoilt.class, s -> new Attributes("", s.since(), "stuck"));
    store.commit(
        Transaction.of(
            new Write.PutDocument<>(
                spoilt, OWNER.toString(), 0, new Spoilt("never"), Instant.EPOCH)));
    assertThatThrownBy(() -> store.find(Stuck.KIND, OWNER.toString()))
        .isInstanceOf(UnreadableDocument.class);
    stop();
    start();
    assertThat(store.find(Stuck.KIND, OWNER.toString())).isEmpty();
    assertThat(store.unreadable()).isEmpty();
    assertThat(engine.strands().ask(OWNER, new Say("on"), String.class)).isEqualTo("on");
  }

  @Test
  void whoIsNotStuckCannotBeReleased() throws InterruptedException {
    assertThatThrownBy(() -> engine.strands().retry(OWNER, "somebody"))
        .isInstanceOf(Failure.Rejected.class)
        .hasMessageContaining("not in quarantine");
    engine.strands().tell(OWNER, new Explode(), receipt("explode"));
    awaitStuck();
    engine.strands().skip(OWNER, "somebody");
    assertThatThrownBy(() -> engine.strands().skip(OWNER, "somebody"))
        .isInstanceOf(Failure.Rejected.class);
    assertThat(engine.strands().ask(OWNER, new Say("x"), String.class)).isEqualTo("x");
  }

  @Test
  void stuckOwnersAreListedWithWhyAndDoNotMakeTheInstanceUnwell() {
    StuckOwners owners = new StuckOwners(engine);
    assertThat(owners.all()).isEmpty();
    assertThat(owners.health().detail()).isEqualTo("ok");
    engine.strands().tell(OWNER, new Explode(), receipt("explode"));
    awaitStuck();

    assertThat(owners.all()).hasSize(1);
    assertThat(owners.all().getFirst().waiting()).isEqualTo(1);
    assertThat(owners.all().getFirst().stuck().reason()).contains("boom");
    assertThat(owners.health().healthy()).isTrue();
    assertThat(owners.health().detail()).startsWith("degraded: 1 in quarantine");
    assertThat(Duration.between(owners.all().getFirst().stuck().since(), Instant.now()))
        .isLessThan(Duration.ofMinutes(1));
  }
}
