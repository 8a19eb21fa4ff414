package dev.tutti.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.Failure;
import dev.tutti.core.Message;
import dev.tutti.core.Metrics;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.explain.Explanation;
import dev.tutti.core.explain.Workings;
import dev.tutti.core.run.Decision;
import dev.tutti.core.run.Engine;
import dev.tutti.core.run.Facts;
import dev.tutti.core.run.OwnerBehaviour;
import dev.tutti.core.run.ThreadAlarms;
import dev.tutti.core.store.Store;
import dev.tutti.store.testkit.InMemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** While the store takes no writes, owners wait for it, say so, and go on by themselves. */
final class StoreAwayTest {

  record Say() implements Message {}

  private static final OwnerRef OWNER = new OwnerRef("sayer", "one");

  private final Store store = new InMemoryStore();
  private final AtomicBoolean full = new AtomicBoolean();

  private static final class Saying implements OwnerBehaviour {

    @Override
    public String kind() {
      return "sayer";
    }

    @Override
    public Decision decide(OwnerRef owner, Facts facts, Message message, Instant now) {
      return Decision.draft().journal("said", "", "something", Map.of()).decided();
    }
  }

  /** The store, whose disk may be full. */
  private Store fillable() {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              if (full.get() && method.getName().startsWith("commit")) {
                throw new Failure.Unavailable("the disk is full");
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  private static List<Explanation.Wait> waits(Engine engine) {
    Explanation.Draft draft = Explanation.of("sayer", "one");
    new Workings(engine).strand(draft, OWNER);
    return draft.explained().waitingFor();
  }

  @Test
  void ownerSaysThatItWaitsForTheStoreAndSinceWhen() {
    Instant before = Instant.now();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        ThreadAlarms alarms = new ThreadAlarms(threads, Clock.systemUTC());
        Engine engine =
            new Engine(fillable(), Clock.systemUTC(), threads, alarms, Metrics.none())) {
      engine.register(new Saying());
      engine.recover();
      assertThat(waits(engine)).isEmpty();

      full.set(true);
      engine.strands().tell(OWNER, new Say());
      await().until(() -> !waits(engine).isEmpty());

      Explanation.Wait wait = waits(engine).getFirst();
      assertThat(wait.what()).isEqualTo("store");
      assertThat(wait.sentence()).contains("the disk is full", "1 message waits");
      assertThat(wait.since()).isBetween(before, Instant.now());

      full.set(false);
      await().until(() -> waits(engine).isEmpty());
      assertThat(store.lastJournalNumber()).isEqualTo(1);
    }
  }
}
