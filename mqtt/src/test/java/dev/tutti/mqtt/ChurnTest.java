package dev.tutti.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that come and go while others talk: whoever stays must not miss or wait for anything. */
@Tag("long")
final class ChurnTest {
  private static final Duration LASTS = Duration.ofSeconds(20);

  @Test
  void whoStaysMissesNothingWhileOthersComeAndGo() throws Exception {
    try (Embedded broker = new Embedded();
        MqttBus everything = connected(broker);
        MqttBus sender = connected(broker);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicLong received = new AtomicLong();
      everything.subscribe(
          List.of("#"),
          arrival -> {
            received.incrementAndGet();
            arrival.acknowledge();
          });
      AtomicLong sent = new AtomicLong();
      AtomicLong slowest = new AtomicLong();
      long end = System.nanoTime() + LASTS.toNanos();
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        int name = i;
        all.add(threads.submit(() -> talk(sender, name, end, sent, slowest)));
      }
      for (int i = 0; i < 4; i++) {
        int name = i;
        all.add(threads.submit(() -> comeAndGo(broker, name, end, sent)));
      }
      for (Future<?> each : all) {
        each.get(60, TimeUnit.SECONDS);
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> received.get() == sent.get());
      assertThat(Duration.ofNanos(slowest.get())).isLessThan(Duration.ofSeconds(2));
      assertThat(everything.reconnects()).isZero();
    }
  }

  private static void talk(
      MqttBus sender, int name, long end, AtomicLong sent, AtomicLong slowest) {
    for (int i = 0; System.nanoTime() < end; i++) {
      long begin = System.nanoTime();
      sender.publish("/talk/%d/%d".formatted(name, i % 1000), new byte[100]);
      slowest.accumulateAndGet(System.nanoTime() - begin, Math::max);
      sent.incrementAndGet();
    }
  }

  private static long comeAndGo(Embedded broker, int name, long end, AtomicLong sent)
      throws InterruptedException {
    for (int i = 0; System.nanoTime() < end; i++) {
      try (MqttBus guest = connected(broker)) {
        guest.subscribe(List.of("/talk/+/%d".formatted(i % 1000), "/kept/#"), _ -> {});
        guest.publishRetained("/kept/%d".formatted(name), new byte[10]);
        sent.incrementAndGet();
      }
    }
    return sent.get();
  }

  private static MqttBus connected(Embedded broker) throws InterruptedException {
    MqttBus bus = MqttBus.connect(broker.settings());
    while (!bus.health().healthy()) {
      Thread.sleep(Duration.ofMillis(2));
    }
    return bus;
  }
}
