package dev.tutti.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient.Mqtt3Publishes;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3SubAckException;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient.Mqtt5Publishes;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.tutti.core.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EmbeddedBrokerTest {
  private static final BrokerAccount ACCOUNT = new BrokerAccount("somebody", "secret word");

  private final Path folder;
  private EmbeddedBroker broker;

  EmbeddedBrokerTest(@TempDir Path folder) {
    this.folder = folder;
    this.broker = EmbeddedBroker.start(settings());
  }

  private BrokerSettings settings() {
    return BrokerSettings.of(ACCOUNT, folder)
        .listeningOn(List.of("127.0.0.1"), 0)
        .forgetting(Duration.ofHours(1), Duration.ofMillis(300));
  }

  private void restartWith(BrokerSettings settings) {
    broker.close();
    broker = EmbeddedBroker.start(settings);
  }

  @AfterEach
  void close() {
    broker.close();
  }

  @ParameterizedTest
  @EnumSource(MqttQos.class)
  void deliversToVersionThreeAtEveryQos(MqttQos qos) throws InterruptedException {
    try (Three receiver = three();
        Three sender = three()) {
      Mqtt3Publishes inbox = receiver.subscribe("/lifecycle/model/mso/+/+/ReadyForProcessing", qos);
      sender.publish("/lifecycle/model/mso/sim-1/model-1/ReadyForProcessing", qos, "yes", false);
      Mqtt3Publish arrived = inbox.receive(5, TimeUnit.SECONDS).orElseThrow();
      assertThat(arrived.getTopic())
          .hasToString("/lifecycle/model/mso/sim-1/model-1/ReadyForProcessing");
      assertThat(arrived.getPayloadAsBytes()).asString().isEqualTo("yes");
      assertThat(arrived.getQos()).isEqualTo(qos);
    }
  }

  @ParameterizedTest
  @EnumSource(MqttQos.class)
  void deliversToVersionFiveAtEveryQos(MqttQos qos) throws InterruptedException {
    Mqtt5BlockingClient receiver = five("receiver");
    Mqtt5BlockingClient sender = five("sender");
    try (Mqtt5Publishes inbox = receiver.publishes(MqttGlobalPublishFilter.ALL)) {
      receiver.subscribeWith().topicFilter("/data/#").qos(qos).send();
      sender.publishWith().topic("/data/a/b").qos(qos).payload(bytes("x")).send();
      Mqtt5Publish arrived = inbox.receive(5, TimeUnit.SECONDS).orElseThrow();
      assertThat(arrived.getTopic()).hasToString("/data/a/b");
      assertThat(arrived.getQos()).isEqualTo(qos);
    } finally {
      receiver.disconnect();
      sender.disconnect();
    }
  }

  /** Artemis separates with dots and has other wildcards: none of that may show. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a/b.c/d",
        "/a/*/d",
        "/a/>/d",
        "/a/b c/d",
        "/a/*.*/d",
        "/a/b\\c/d",
        "/a/b\\.c/d",
        "/a//d",
        "/a/é漢😀/d",
        "/a/:/d",
        "/a/'or 1=1/d",
        "/a/%41/d",
        "/a/(x)/d",
        "/a/$SYS/d"
      })
  void everyCharacterOfATopicIsItself(String topic) throws InterruptedException {
    try (Three exact = three();
        Three oneLevel = three();
        Three rest = three();
        Three sender = three()) {
      Mqtt3Publishes byName = exact.subscribe(topic, MqttQos.AT_LEAST_ONCE);
      Mqtt3Publishes byLevel = oneLevel.subscribe("/a/+/d", MqttQos.AT_LEAST_ONCE);
      Mqtt3Publishes byRest = rest.subscribe("/a/#", MqttQos.AT_LEAST_ONCE);
      sender.publish(topic, MqttQos.AT_LEAST_ONCE, topic, true);
      for (Mqtt3Publishes inbox : List.of(byName, byLevel, byRest)) {
        assertThat(inbox.receive(5, TimeUnit.SECONDS).orElseThrow().getTopic()).hasToString(topic);
      }
      try (Three late = three()) {
        assertThat(topicsOf(late.subscribe("/a/+/d", MqttQos.AT_LEAST_ONCE), 1))
            .containsExactly(topic);
      }
    }
  }

  @Test
  void dotsAndStarsMatchOnlyThemselves() throws InterruptedException {
    try (Three receiver = three();
        Three sender = three()) {
      Mqtt3Publishes inbox = receiver.subscribe("/a/x.y", MqttQos.AT_LEAST_ONCE);
      receiver.subscribeMore("/b/*/c");
      for (String topic : List.of("/a/x/y", "/a.x.y", "/a/x.y.z", "/b/q/c", "/d.e", "/d/e")) {
        sender.publish(topic, MqttQos.AT_LEAST_ONCE, "no", false);
      }
      sender.publish("/b/*/c", MqttQos.AT_LEAST_ONCE, "yes", false);
      assertThat(topicsOf(inbox, 1)).containsExactly("/b/*/c");
      assertThat(inbox.receive(200, TimeUnit.MILLISECONDS)).isEmpty();
    }
  }

  @Test
  void leadingTrailingAndEmptyLevelsCount() throws InterruptedException {
    try (Three receiver = three();
        Three sender = three()) {
      Mqtt3Publishes inbox = receiver.subscribe("/x/+", MqttQos.AT_LEAST_ONCE);
      receiver.subscribeMore("+/only/first");
      receiver.subscribeMore("/parent/#");
      for (String topic :
          List.of("x/1", "/x", "/x/1/2", "//x/1", "/only/first", "/x/", "/x/1", "/parent")) {
        sender.publish(topic, MqttQos.AT_LEAST_ONCE, "", false);
      }
      assertThat(topicsOf(inbox, 4)).containsExactly("/only/first", "/x/", "/x/1", "/parent");
      assertThat(inbox.receive(200, TimeUnit.MILLISECONDS)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"#", "/#", "/kept/#", "/kept/+/d", "+/kept/+/d", "+/+/+/+", "/kept/a.b/d"})
  void retainedMessagesReachWhoeverSubscribesLater(String filter) throws InterruptedException {
    try (Three sender = three();
        Three late = three()) {
      sender.publish("/kept/a.b/d", MqttQos.AT_LEAST_ONCE, "first", true);
      sender.publish("/kept/a.b/d", MqttQos.AT_LEAST_ONCE, "last", true);
      Mqtt3Publish arrived =
          late.subscribe(filter, MqttQos.AT_LEAST_ONCE).receive(5, TimeUnit.SECONDS).orElseThrow();
      assertThat(arrived.getPayloadAsBytes()).asString().isEqualTo("last");
      assertThat(arrived.isRetain()).isTrue();
    }
  }

  @Test
  void anEmptyPayloadClearsWhatWasRetained() throws InterruptedException {
    try (Three sender = three();
        Three late = three()) {
      sender.publish("/kept/x", MqttQos.AT_LEAST_ONCE, "old", true);
      sender.publish("/kept/x", MqttQos.AT_LEAST_ONCE, "", true);
      Mqtt3Publishes inbox = late.subscribe("/kept/#", MqttQos.AT_LEAST_ONCE);
      assertThat(inbox.receive(300, TimeUnit.MILLISECONDS)).isEmpty();
    }
  }

  @Test
  void anEmptyPayloadIsAMessage() throws InterruptedException {
    try (Three receiver = three();
        Three sender = three()) {
      Mqtt3Publishes inbox = receiver.subscribe("#", MqttQos.AT_LEAST_ONCE);
      sender.publish("/lifecycle/x", MqttQos.AT_MOST_ONCE, "", false);
      assertThat(inbox.receive(5, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes()).isEmpty();
    }
  }

  @Test
  void theLastWillOfAClientThatVanishedIsPublished() throws Exception {
    try (Three receiver = three()) {
      Mqtt3Publishes inbox = receiver.subscribe("/will/#", MqttQos.AT_LEAST_ONCE);
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
        client.getOutputStream().write(Packets.connect(ACCOUNT, "/will/of.mine"));
        assertThat(client.getInputStream().readNBytes(4)).containsExactly(0x20, 2, 0, 0);
      }
      Mqtt3Publish arrived = inbox.receive(5, TimeUnit.SECONDS).orElseThrow();
      assertThat(arrived.getTopic()).hasToString("/will/of.mine");
    }
  }

  @Test
  void aWrongPasswordIsRefused() {
    assertThatThrownBy(() ->
            client3("wrong")
                .simpleAuth()
                .username("somebody")
                .password(bytes("x"))
                .applySimpleAuth()
                .buildBlocking()
                .connect())
        .isInstanceOf(Mqtt3ConnAckException.class)
        .hasMessageContaining("NOT_AUTHORIZED");
    assertThatThrownBy(() -> client5("wrong", "x").buildBlocking().connect())
        .isInstanceOf(Mqtt5ConnAckException.class);
  }

  @Test
  void nobodyComesInWithoutAnAccount() {
    assertThatThrownBy(() -> client3("anonymous").buildBlocking().connect())
        .isInstanceOf(Mqtt3ConnAckException.class);
    await().until(() -> broker.counts().clients() == 0);
  }

  @Test
  void theBrokersOwnTopicsAreRefused() {
    try (Three three = three()) {
      for (String filter :
          List.of("$SYS/#", "$SYS/broker/uptime", "$sys.notifications", "$share/a/$SYS/#")) {
        assertThatThrownBy(() -> three.subscribe(filter, MqttQos.AT_LEAST_ONCE))
            .as(filter)
            .isInstanceOf(Mqtt3SubAckException.class);
      }
      assertThatThrownBy(() -> three.publish("$SYS/x", MqttQos.AT_LEAST_ONCE, "", false))
          .isInstanceOf(RuntimeException.class);
    }
    Mqtt5BlockingClient five = five("five");
    assertThatThrownBy(() -> five.subscribeWith().topicFilter("$SYS/#").send())
        .isInstanceOf(Mqtt5SubAckException.class);
    assertThatThrownBy(
            () -> five.publishWith().topic("$sys.management").qos(MqttQos.AT_LEAST_ONCE).send())
        .isInstanceOf(Mqtt5PubAckException.class);
    five.disconnect();
  }

  @Test
  void aSharedSubscriptionDividesMessages() throws InterruptedException {
    Mqtt5BlockingClient one = five("one");
    Mqtt5BlockingClient two = five("two");
    try (Mqtt5Publishes first = one.publishes(MqttGlobalPublishFilter.ALL);
        Mqtt5Publishes second = two.publishes(MqttGlobalPublishFilter.ALL);
        Three sender = three()) {
      one.subscribeWith().topicFilter("$share/workers/work/#").send();
      two.subscribeWith().topicFilter("$share/workers/work/#").send();
      for (int i = 0; i < 10; i++) {
        sender.publish("work/" + i, MqttQos.AT_LEAST_ONCE, "", false);
      }
      int received = 0;
      for (int i = 0; i < 5; i++) {
        received += first.receive(2, TimeUnit.SECONDS).isPresent() ? 1 : 0;
        received += second.receive(2, TimeUnit.SECONDS).isPresent() ? 1 : 0;
      }
      assertThat(received).isEqualTo(10);
    } finally {
      one.disconnect();
      two.disconnect();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a::b", "/a\\/b"})
  void aTopicThatWouldBeMisreadEndsTheConnection(String topic) {
    try (Three three = three()) {
      assertThatThrownBy(() -> three.publish(topic, MqttQos.AT_LEAST_ONCE, "", false))
          .isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void tooLargeAPayloadEndsTheConnectionOfItsSenderOnly() throws InterruptedException {
    restartWith(settings().withMaximumPayload(1 << 20));
    try (Three receiver = three();
        Three sender = three()) {
      Mqtt3Publishes inbox = receiver.subscribe("#", MqttQos.AT_LEAST_ONCE);
      byte[] tooLarge = new byte[(1 << 20) + 256 * 1024];
      assertThatThrownBy(() -> sender.publish("/x", MqttQos.AT_LEAST_ONCE, tooLarge, false))
          .isInstanceOf(RuntimeException.class);
      try (Three other = three()) {
        other.publish("/x", MqttQos.AT_LEAST_ONCE, new byte[1 << 20], false);
      }
      assertThat(inbox.receive(5, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes())
          .hasSize(1 << 20);
    }
  }

  @Test
  void largePayloadsArriveWholeAndCanBeRetained() throws InterruptedException {
    byte[] large = new byte[5 << 20];
    large[large.length - 1] = 7;
    try (Three receiver = three();
        Three sender = three();
        Three late = three()) {
      Mqtt3Publishes inbox = receiver.subscribe("/esdl", MqttQos.AT_LEAST_ONCE);
      sender.publish("/esdl", MqttQos.AT_LEAST_ONCE, large, true);
      assertThat(inbox.receive(5, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes())
          .isEqualTo(large);
      assertThat(
              late.subscribe("/esdl", MqttQos.AT_LEAST_ONCE)
                  .receive(5, TimeUnit.SECONDS)
                  .orElseThrow()
                  .getPayloadAsBytes())
          .isEqualTo(large);
    }
  }

  @Test
  void oneClientTooManyIsTurnedAwayUntilAnotherLeaves() {
    restartWith(settings().withMaximumClients(2));
    Three first = three();
    try (Three _ = three()) {
      assertThatThrownBy(this::three).isInstanceOf(RuntimeException.class);
      first.close();
      await().until(() -> broker.counts().clients() == 1);
      three().close();
    }
  }

  @Test
  void whatIsNoMqttIsNotListenedTo() throws IOException {
    try (Socket browser = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
      browser.setSoTimeout(5_000);
      browser.getOutputStream().write(bytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
      assertThat(endOf(browser.getInputStream())).isEmpty();
    }
  }

  @Test
  void aPersistentSessionGetsWhatItMissed() throws InterruptedException {
    Mqtt3BlockingClient sleeper = client3("sleeper").simpleAuth(auth()).buildBlocking();
    sleeper.connectWith().cleanSession(false).send();
    sleeper.subscribeWith().topicFilter("/missed/#").qos(MqttQos.AT_LEAST_ONCE).send();
    sleeper.disconnect();
    try (Three sender = three()) {
      sender.publish("/missed/1", MqttQos.AT_LEAST_ONCE, "1", false);
    }
    Mqtt3BlockingClient awake = client3("sleeper").simpleAuth(auth()).buildBlocking();
    try (Mqtt3Publishes inbox = awake.publishes(MqttGlobalPublishFilter.ALL)) {
      assertThat(awake.connectWith().cleanSession(false).send().isSessionPresent()).isTrue();
      assertThat(topicsOf(inbox, 1)).containsExactly("/missed/1");
    }
    awake.disconnect();
  }

  @Test
  void aSessionNobodyComesBackToIsForgotten() {
    restartWith(settings().forgetting(Duration.ofSeconds(1), Duration.ofMillis(300)));
    int before = broker.counts().subscriptions();
    Mqtt3BlockingClient three = client3("gone3").simpleAuth(auth()).buildBlocking();
    three.connectWith().cleanSession(false).send();
    three.subscribeWith().topicFilter("/x/#").send();
    three.disconnect();
    Mqtt5BlockingClient five = client5("gone5", ACCOUNT.user()).buildBlocking();
    five.connectWith().cleanStart(false).noSessionExpiry().send();
    five.subscribeWith().topicFilter("/y/#").send();
    five.disconnect();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> broker.counts().subscriptions() == before && broker.counts().topics() <= 1);
  }

  @Test
  void aHundredConnectionsLeaveNothingBehind() {
    Set<String> before = threads();
    int topics = broker.counts().topics();
    for (int i = 0; i < 100; i++) {
      try (Three client = three()) {
        client.subscribe("/cycle/" + i + "/#", MqttQos.AT_LEAST_ONCE);
        client.publish("/cycle/" + i + "/x", MqttQos.EXACTLY_ONCE, "x", false);
      }
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> {
          BrokerCounts counts = broker.counts();
          assertThat(counts.clients()).isZero();
          assertThat(counts.subscriptions()).isZero();
          assertThat(counts.messages()).isZero();
          assertThat(counts.topics()).isLessThanOrEqualTo(topics);
          assertThat(threads()).hasSizeLessThanOrEqualTo(before.size() + 12);
        });
  }

  @Test
  void topicsAreForgottenAlthoughSomebodySubscribesToAll() throws Exception {
    assertForgotten(20_000);
  }

  @Test
  @Tag("long")
  void aHundredThousandTopicsAreForgottenAlthoughSomebodySubscribesToAll() throws Exception {
    assertForgotten(100_000);
  }

  private void assertForgotten(int count) throws Exception {
    try (Three receiver = three();
        Three sender = three()) {
      Mqtt3Publishes inbox = receiver.subscribe("#", MqttQos.AT_MOST_ONCE);
      int topics = broker.counts().topics();
      publishTo(sender, inbox, 0, 10_000);
      await().atMost(Duration.ofSeconds(30)).until(() -> broker.counts().topics() <= topics);
      long heap = usedHeap();
      publishTo(sender, inbox, 10_000, 10_000 + count);
      await().atMost(Duration.ofSeconds(60)).until(() -> broker.counts().topics() <= topics);
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(usedHeap() - heap).isLessThan(4 << 20));
      assertThat(broker.counts().messages()).isZero();
      assertThat(broker.counts().bytes()).isZero();
    }
  }

  @Test
  void aSubscriberThatNeverReadsLosesItsConnectionAndNobodyElse() throws Exception {
    restartWith(settings().withMaximumPayload(1 << 20).withMaximumMemory(32 << 20));
    try (Socket stuck = new Socket(InetAddress.getLoopbackAddress(), broker.port());
        Three receiver = three();
        Three sender = three()) {
      stuck.getOutputStream().write(Packets.connect(ACCOUNT, "/w"));
      stuck.getOutputStream().write(Packets.subscribe("/flood/#"));
      assertThat(stuck.getInputStream().readNBytes(9)).hasSize(9);
      Mqtt3Publishes inbox = receiver.subscribe("/flood/#", MqttQos.AT_LEAST_ONCE);
      for (int i = 0; i < 200; i++) {
        sender.publish("/flood/" + i, MqttQos.AT_LEAST_ONCE, new byte[1 << 20], false);
        assertThat(inbox.receive(20, TimeUnit.SECONDS)).isPresent();
      }
      assertThat(broker.counts().evictedSubscribers()).isPositive();
      assertThat(broker.counts().clients()).isEqualTo(2);
    }
  }

  @Test
  void closingLeavesNoThreadSocketOrFolder() throws IOException {
    int port = broker.port();
    three().close();
    broker.close();
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(IOException.class);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(threads())
                .noneMatch(name ->
                    name.contains("ActiveMQ")
                        || name.contains("activemq")
                        || name.startsWith("broker-")));
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
    assertThat(Path.of("data")).doesNotExist();
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    assertThatThrownBy(
            () -> EmbeddedBroker.start(settings().listeningOn(List.of("127.0.0.1"), broker.port())))
        .isInstanceOf(Failure.Unavailable.class)
        .hasMessageContaining("127.0.0.1:" + broker.port());
  }

  @Test
  void severalAddressesShareOnePort() {
    restartWith(settings().listeningOn(List.of("127.0.0.1", "127.0.0.2"), 0));
    assertThat(broker.addresses()).hasSize(2);
    assertThat(broker.addresses().get(1).getPort()).isEqualTo(broker.port());
    assertThat(broker.addresses().get(1).getHostString()).isEqualTo("127.0.0.2");
  }

  @Test
  void mosquittosClientsGetThrough() throws Exception {
    Path output = folder.resolve("received");
    Process receiver =
        new ProcessBuilder(mosquitto("mosquitto_sub", "-t", "/m/#", "-C", "1", "-v", "-W", "20"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      await().atMost(Duration.ofSeconds(10)).until(() -> broker.counts().subscriptions() == 1);
      Process sender =
          new ProcessBuilder(
                  mosquitto("mosquitto_pub", "-t", "/m/a.b", "-m", "hello", "-q", "2", "-V", "5"))
              .inheritIO()
              .start();
      assertThat(sender.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(sender.exitValue()).isZero();
      assertThat(receiver.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(output).hasContent("/m/a.b hello");
    } finally {
      receiver.destroyForcibly();
      Files.deleteIfExists(output);
    }
  }

  private Three three() {
    return Three.connect(broker);
  }

  private Mqtt3ClientBuilder client3(String id) {
    return MqttClient.builder()
        .useMqttVersion3()
        .identifier(id)
        .serverHost("127.0.0.1")
        .serverPort(broker.port());
  }

  private static Mqtt3SimpleAuth auth() {
    return Mqtt3SimpleAuth.builder()
        .username(ACCOUNT.user())
        .password(bytes(ACCOUNT.password()))
        .build();
  }

  private Mqtt5ClientBuilder client5(String id, String user) {
    return MqttClient.builder()
        .useMqttVersion5()
        .identifier(id)
        .serverHost("127.0.0.1")
        .serverPort(broker.port())
        .simpleAuth()
        .username(user)
        .password(bytes(ACCOUNT.password()))
        .applySimpleAuth();
  }

  private Mqtt5BlockingClient five(String id) {
    Mqtt5BlockingClient client = client5(id, ACCOUNT.user()).buildBlocking();
    client.connect();
    return client;
  }

  private List<String> mosquitto(String program, String... arguments) {
    return Stream.concat(
            Stream.of(
                program,
                "-h",
                "127.0.0.1",
                "-p",
                "" + broker.port(),
                "-u",
                "somebody",
                "-P",
                "secret word"),
            Stream.of(arguments))
        .toList();
  }

  private static void publishTo(Three sender, Mqtt3Publishes inbox, int from, int to)
      throws InterruptedException {
    for (int i = from; i < to; i++) {
      sender.publish("/data/service/model/sim/" + i + "/x", MqttQos.AT_MOST_ONCE, "x", false);
      if (i % 100 == 99) {
        topicsOf(inbox, 100);
      }
    }
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .collect(Collectors.toSet());
  }

  private static List<String> topicsOf(Mqtt3Publishes inbox, int count) {
    return IntStream.range(0, count).mapToObj(_ -> next(inbox).getTopic().toString()).toList();
  }

  private static Mqtt3Publish next(Mqtt3Publishes inbox) {
    try {
      return inbox.receive(5, TimeUnit.SECONDS).orElseThrow();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private static byte[] endOf(InputStream stream) {
    try {
      return stream.readAllBytes();
    } catch (IOException _) {
      return new byte[0];
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
