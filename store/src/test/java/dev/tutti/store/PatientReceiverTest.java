package dev.tutti.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.Failure;
import dev.tutti.core.Metrics;
import dev.tutti.core.bus.Bus;
import dev.tutti.core.run.Engine;
import dev.tutti.core.run.PatientReceiver;
import dev.tutti.core.run.ThreadAlarms;
import dev.tutti.store.testkit.InMemoryStore;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that cannot be followed now are not lost, and not out of order. */
final class PatientReceiverTest {

  private final List<String> followed = new CopyOnWriteArrayList<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private ExecutorService threads;
  private ThreadAlarms alarms;
  private PatientReceiver receiver;

  @BeforeEach
  void start() {
    threads = Executors.newVirtualThreadPerTaskExecutor();
    alarms = new ThreadAlarms(threads, Clock.systemUTC());
    Engine engine =
        new Engine(new InMemoryStore(), Clock.systemUTC(), threads, alarms, Metrics.none());
    receiver =
        new PatientReceiver(
            engine, topic -> topic.substring(0, 1), arrival -> follow(arrival.topic()));
  }

  @AfterEach
  void stop() {
    alarms.close();
    threads.close();
  }

  private void follow(String topic) {
    if (refused.contains(topic)) {
      throw new Failure.Unavailable("not now");
    }
    followed.add(topic);
  }

  private void arrives(String topic) {
    receiver.received(
        new Bus.Arrival() {
          @Override
          public String topic() {
            return topic;
          }

          @Override
          public byte[] payload() {
            return new byte[10];
          }

          @Override
          public void acknowledge() {}
        });
  }

  @Test
  void whatCannotBeFollowedNowIsFollowedLaterInItsOrder() {
    refused.add("a1");
    arrives("a1");
    arrives("a2");
    arrives("b1");
    arrives("a3");
    assertThat(followed).containsExactly("b1");
    assertThat(receiver.waiting()).isEqualTo(3);
    refused.clear();
    await().until(() -> followed.size() == 4);
    assertThat(followed).containsExactly("b1", "a1", "a2", "a3");
    await().until(() -> receiver.waiting() == 0);
    arrives("a4");
    assertThat(followed).endsWith("a4");
  }

  @Test
  void whatFollowsOneThatStillCannotBeGoesOnWaiting() {
    refused.addAll(Set.of("a1", "a2"));
    arrives("a1");
    arrives("a2");
    refused.remove("a1");
    await().until(() -> followed.contains("a1"));
    assertThat(followed).containsExactly("a1");
    assertThat(receiver.waiting()).isEqualTo(1);
  }

  @Test
  void whatWaitsHasABound() {
    refused.add("a");
    for (int i = 0; i < 10_050; i++) {
      arrives("a");
    }
    assertThat(receiver.waiting()).isEqualTo(10_000);
  }
}
