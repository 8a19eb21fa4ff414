package dev.tutti.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.Failure;
import dev.tutti.core.bus.Bus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a bus does on a real broker, whichever that is. */
public abstract class BusContract {
  private final TestBroker broker;
  private final List<AutoCloseable> opened = new ArrayList<>();

  protected BusContract(TestBroker broker) {
    this.broker = broker;
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable open : opened.reversed()) {
      open.close();
    }
    broker.close();
  }

  @Test
  void whatIsPublishedArrivesInOrder() {
    MqttBus sender = connected();
    MqttBus receiver = connected();
    Inbox inbox = Inbox.acknowledging();
    receiver.subscribe(List.of("/lifecycle/model/mso/+/+/ReadyForProcessing", "/other/#"), inbox);
    List<String> topics =
        IntStream.range(0, 1000)
            .mapToObj("/lifecycle/model/mso/sim/model-%d/ReadyForProcessing"::formatted)
            .toList();
    topics.forEach(topic -> sender.publish(topic, new byte[0]));
    assertThat(inbox.topics(1000)).isEqualTo(topics);
  }

  @Test
  void whatIsPublishedTogetherArrivesInOrder() {
    MqttBus sender = connected();
    MqttBus receiver = connected();
    Inbox inbox = Inbox.acknowledging();
    receiver.subscribe(List.of("/together/+"), inbox);
    List<Bus.Outgoing> messages =
        IntStream.range(0, 2000)
            .mapToObj(i -> new Bus.Outgoing("/together/" + i, bytes("payload " + i)))
            .toList();
    sender.publishAll(messages);
    sender.publishAll(List.of());
    sender.publishAtMostOnce(messages);
    for (int i = 0; i < 2 * messages.size(); i++) {
      Bus.Outgoing message = messages.get(i % messages.size());
      Bus.Arrival arrival = inbox.next();
      assertThat(arrival.topic()).isEqualTo(message.topic());
      assertThat(arrival.payload()).isEqualTo(message.payload());
    }
    inbox.staysEmpty();
  }

  @Test
  void nothingOfWhatIsPublishedTogetherIsSentWithoutABroker() {
    MqttBus sender = connected();
    sender.close();
    List<Bus.Outgoing> messages = List.of(new Bus.Outgoing("/x", bytes("x")));
    assertThatThrownBy(() -> sender.publishAll(messages)).isInstanceOf(Failure.Unavailable.class);
    assertThatThrownBy(() -> sender.publishAtMostOnce(messages))
        .isInstanceOf(Failure.Unavailable.class);
  }

  @Test
  void topicsAndPayloadsArriveAsTheyWere() {
    MqttBus bus = connected();
    Inbox inbox = Inbox.acknowledging();
    bus.subscribe(List.of("#"), inbox);
    byte[] large = new byte[5 << 20];
    large[large.length - 1] = 1;
    for (String topic : List.of("/a", "a", "/a//b", "/a/", "/a.b/*/c d/é漢", "/a/b.c")) {
      for (byte[] payload : List.of(new byte[0], bytes("x"), large)) {
        bus.publish(topic, payload);
        Bus.Arrival arrival = inbox.next();
        assertThat(arrival.topic()).isEqualTo(topic);
        assertThat(arrival.payload()).isEqualTo(payload);
      }
    }
  }

  @Test
  void nothingIsKeptForLaterSubscribersUnlessRetained() {
    MqttBus sender = connected();
    sender.publish("/kept/not", bytes("no"));
    sender.publishRetained("/kept/yes", bytes("yes"));
    Inbox late = Inbox.acknowledging();
    connected().subscribe(List.of("/kept/#"), late);
    assertThat(late.next().topic()).isEqualTo("/kept/yes");
    late.staysEmpty();
  }

  @Test
  void tenThousandMessagesFromManyThreadsAllArrive() throws Exception {
    MqttBus sender = connected();
    MqttBus receiver = connected();
    AtomicInteger received = new AtomicInteger();
    int[] lastOf = new int[50];
    AtomicInteger disorder = new AtomicInteger();
    receiver.subscribe(
        List.of("/flood/+/+"),
        arrival -> {
          String[] levels = arrival.topic().split("/", -1);
          int thread = Integer.parseInt(levels[2]);
          int number = Integer.parseInt(levels[3]);
          if (number != ++lastOf[thread]) {
            disorder.incrementAndGet();
          }
          received.incrementAndGet();
          arrival.acknowledge();
        });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 50; thread++) {
        int name = thread;
        all.add(threads.submit(() -> flood(sender, name)));
      }
      for (Future<?> each : all) {
        each.get(60, TimeUnit.SECONDS);
      }
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> received.get() == 10_000);
    assertThat(disorder).hasValue(0);
  }

  private static void flood(Bus sender, int thread) {
    for (int i = 1; i <= 200; i++) {
      sender.publish("/flood/%d/%d".formatted(thread, i), bytes("some payload"));
    }
  }

  @Test
  void aReceiverMayPublishWhileMoreArrives() {
    MqttBus bus = connected();
    Inbox answers = Inbox.acknowledging();
    bus.subscribe(List.of("/answer/#"), answers);
    bus.subscribe(
        List.of("/question/#"),
        arrival -> {
          bus.publish(arrival.topic().replace("question", "answer"), arrival.payload());
          arrival.acknowledge();
        });
    MqttBus sender = connected();
    for (int i = 0; i < 500; i++) {
      sender.publish("/question/" + i, bytes("?"));
    }
    assertThat(answers.topics(500)).last().isEqualTo("/answer/499");
  }

  @Test
  void aReceiverThatThrowsGetsTheNextMessage() {
    MqttBus bus = connected();
    Inbox inbox = Inbox.acknowledging();
    bus.subscribe(
        List.of("/x/#"),
        arrival -> {
          inbox.received(arrival);
          Thread.currentThread().interrupt();
          throw new IllegalStateException("on purpose");
        });
    bus.publish("/x/1", bytes(""));
    assertThat(inbox.next().topic()).isEqualTo("/x/1");
    bus.publish("/x/2", bytes(""));
    assertThat(inbox.next().topic()).isEqualTo("/x/2");
  }

  @Test
  void eachSubscriptionHasItsOwnThread() throws Exception {
    MqttBus bus = connected();
    CountDownLatch release = new CountDownLatch(1);
    BlockingQueue<String> stuck = new LinkedBlockingQueue<>();
    bus.subscribe(
        List.of("/stuck"),
        arrival -> {
          arrival.acknowledge();
          stuck.add(Thread.currentThread().getName());
          try {
            release.await();
          } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
          }
        });
    Inbox other = Inbox.acknowledging();
    bus.subscribe(List.of("/free"), other);
    bus.publish("/stuck", bytes(""));
    assertThat(stuck.poll(10, TimeUnit.SECONDS)).isNotNull();
    bus.publish("/free", bytes(""));
    assertThat(other.next().topic()).isEqualTo("/free");
    release.countDown();
  }

  @Test
  void whatWasNotAcknowledgedComesAgainOnTheNextConnection() {
    MqttBus sender = connected();
    MqttSettings lasting = broker.settings().withLastingSession("lasting");
    Inbox first = Inbox.silent();
    try (MqttBus bus = connected(lasting)) {
      bus.subscribe(List.of("/work/#"), first);
      sender.publish("/work/1", bytes("1"));
      sender.publish("/work/2", bytes("2"));
      Bus.Arrival one = first.next();
      first.next();
      one.acknowledge();
      one.acknowledge();
      sender.publish("/marker", bytes(""));
    }
    sender.publish("/work/3", bytes("3"));
    Inbox second = Inbox.acknowledging();
    // Not connected(...): what was kept comes with the connection, so the receiver is there first.
    MqttBus again = opened(MqttBus.connect(lasting));
    again.subscribe(List.of("/work/#"), second);
    assertThat(second.topics(2)).containsExactly("/work/2", "/work/3");
    second.staysEmpty();
  }

  @Test
  void acknowledgementsMayComeFromAnyThreadInAnyOrderAndAfterTheEnd() throws Exception {
    MqttBus sender = connected();
    Inbox inbox = Inbox.silent();
    MqttBus bus = connected();
    bus.subscribe(List.of("/work/#"), inbox);
    List<Bus.Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      sender.publish("/work/" + i, bytes(""));
      arrivals.add(inbox.next());
    }
    for (Bus.Arrival arrival : arrivals.reversed()) {
      Thread.ofVirtual().start(arrival::acknowledge).join();
    }
    sender.publish("/work/last", bytes(""));
    Bus.Arrival last = inbox.next();
    bus.close();
    last.acknowledge();
    last.acknowledge();
  }

  @Test
  void aReceiverThatDoesNotAcknowledgeIsNotFlooded() {
    MqttBus sender = connected();
    MqttBus receiver = connected();
    List<Bus.Arrival> unacknowledged = new ArrayList<>();
    AtomicInteger received = new AtomicInteger();
    receiver.subscribe(
        List.of("/many/#"),
        arrival -> {
          synchronized (unacknowledged) {
            unacknowledged.add(arrival);
          }
          received.incrementAndGet();
        });
    for (int i = 0; i < 1000; i++) {
      sender.publish("/many/" + i, bytes(""));
    }
    await().during(Duration.ofMillis(300)).until(() -> received.get() <= 100);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> {
          synchronized (unacknowledged) {
            unacknowledged.forEach(Bus.Arrival::acknowledge);
            unacknowledged.clear();
          }
          return received.get() == 1000;
        });
  }

  @Test
  void aBrokerThatCameBackIsFoundAndSubscribedToAgain() {
    MqttBus sender = connected();
    MqttBus receiver = connected();
    Inbox inbox = Inbox.acknowledging();
    receiver.subscribe(List.of("/a/#"), inbox);
    receiver.subscribe(List.of("/b/#"), inbox);
    AtomicInteger connections = new AtomicInteger();
    sender.onConnected(connections::incrementAndGet);
    for (int round = 1; round <= 2; round++) {
      broker.stop();
      await().until(() -> !sender.health().healthy() && !receiver.health().healthy());
      assertThatThrownBy(() -> sender.publish("/a/x", bytes("")))
          .isInstanceOf(Failure.Unavailable.class);
      broker.start();
      awaitHealthy(sender);
      awaitHealthy(receiver);
      // Once for the connection that was there.
      int expected = round + 1;
      await().until(() -> connections.get() == expected);
      sender.publish("/a/" + round, bytes(""));
      sender.publish("/b/" + round, bytes(""));
      // Two subscriptions, two threads: only the order within each is promised.
      assertThat(inbox.topics(2)).containsExactlyInAnyOrder("/a/" + round, "/b/" + round);
      assertThat(receiver.reconnects()).isEqualTo(round);
    }
    inbox.staysEmpty();
  }

  @Test
  void publishersAtWorkWhenTheBrokerGoesLearnThatTheyDoNotKnow() throws Exception {
    MqttBus sender = connected();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Failure>> ends = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        ends.add(threads.submit(() -> publishUntilItFails(sender)));
      }
      broker.stop();
      for (Future<Failure> end : ends) {
        // Long before the time an answer may take.
        assertThat(end.get(5, TimeUnit.SECONDS))
            .isInstanceOfAny(Failure.OutcomeUnknown.class, Failure.Unavailable.class);
      }
    }
  }

  private static Failure publishUntilItFails(Bus sender) {
    while (true) {
      try {
        sender.publish("/busy", bytes("x"));
      } catch (Failure failure) {
        return failure;
      }
    }
  }

  @Test
  void aBrokerThatIsNotThereYetIsAwaited() {
    broker.stop();
    MqttBus bus = opened(MqttBus.connect(broker.settings()));
    Inbox inbox = Inbox.acknowledging();
    bus.subscribe(List.of("/early"), inbox);
    await().until(() -> bus.health().detail().contains("Cannot reach the MQTT broker"));
    assertThatThrownBy(() -> bus.publish("/early", bytes("")))
        .isInstanceOf(Failure.Unavailable.class)
        .hasMessageContaining("127.0.0.1:" + broker.port());
    broker.start();
    awaitHealthy(bus);
    bus.publish("/early", bytes(""));
    assertThat(inbox.next().topic()).isEqualTo("/early");
    assertThat(bus.reconnects()).isZero();
  }

  @Test
  void aWrongPasswordIsSaidToBeOne() {
    MqttSettings wrong =
        MqttSettings.of("127.0.0.1", broker.port(), TestBroker.USER, "wrong", "test");
    MqttBus bus = opened(MqttBus.connect(wrong));
    await()
        .untilAsserted(() ->
            assertThat(bus.health().detail())
                .contains("refuses the user 'tester'", "Correct the user name"));
    assertThat(bus.health().healthy()).isFalse();
    assertThatThrownBy(() -> bus.publish("/x", bytes(""))).isInstanceOf(Failure.Unavailable.class);
  }

  @Test
  void anUnknownHostIsSaidToBeOne() {
    MqttBus bus =
        opened(MqttBus.connect(MqttSettings.of("no-such-host.invalid", 1883, "u", "p", "test")));
    await()
        .untilAsserted(() ->
            assertThat(bus.health().detail())
                .contains("Nobody knows the host name 'no-such-host.invalid'"));
  }

  @Test
  void twoClientsWithOneIdDoNotStorm() {
    MqttSettings same =
        broker
            .settings()
            .withClientId("the-same")
            .withPauses(Duration.ofMillis(20), Duration.ofSeconds(2));
    MqttBus one = opened(MqttBus.connect(same));
    MqttBus two = opened(MqttBus.connect(same));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            one.health().detail().contains("Another client may have the same id")
                || two.health().detail().contains("Another client may have the same id"));
    assertThat(one.reconnects() + two.reconnects()).isLessThan(30);
  }

  @Test
  void overlappingFiltersAreRefusedAsBrokersDifferInWhatTheyDo() {
    MqttBus bus = connected();
    bus.subscribe(List.of("/a/+/c"), Inbox.acknowledging());
    assertThatThrownBy(() -> bus.subscribe(List.of("/a/b/#"), Inbox.acknowledging()))
        .isInstanceOf(Failure.Rejected.class);
    bus.subscribe(List.of("/b/#"), Inbox.acknowledging());
  }

  @Test
  void tooLargeAPayloadIsRefusedBeforeItIsSent() {
    MqttBus bus = connected(broker.settings().withLimits(1000, 10, 10_000));
    assertThatThrownBy(() -> bus.publish("/x", new byte[1001]))
        .isInstanceOf(Failure.Rejected.class);
    bus.publish("/x", new byte[1000]);
    assertThat(bus.health().healthy()).isTrue();
  }

  @Test
  void closingIsQuickAndFinal() {
    MqttBus bus = connected();
    Inbox inbox = Inbox.acknowledging();
    bus.subscribe(List.of("/x"), inbox);
    long begin = System.nanoTime();
    bus.close();
    bus.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    assertThatThrownBy(() -> bus.publish("/x", bytes(""))).isInstanceOf(Failure.Unavailable.class);
    assertThatThrownBy(() -> bus.subscribe(List.of("/y"), inbox))
        .isInstanceOf(Failure.Unavailable.class);
    connected().publish("/x", bytes(""));
    inbox.staysEmpty();
    assertThat(threads()).noneMatch(name -> name.startsWith("mqtt-receiver"));
  }

  @Test
  void whatIsClosedLeavesNoThread() {
    for (int i = 0; i < 20; i++) {
      connected().close();
    }
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(threads()).noneMatch(name -> name.startsWith("com.hivemq")));
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
  }

  private MqttBus connected() {
    return connected(broker.settings());
  }

  private MqttBus connected(MqttSettings settings) {
    MqttBus bus = opened(MqttBus.connect(settings));
    awaitHealthy(bus);
    return bus;
  }

  private MqttBus opened(MqttBus bus) {
    opened.add(bus);
    return bus;
  }

  private static void awaitHealthy(Bus bus) {
    await()
        .atMost(Duration.ofSeconds(15))
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> assertThat(bus.health().detail()).isEqualTo("ok"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
