package dev.tutti.app;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.bus.Bus;
import dev.tutti.mqtt.MqttBus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a simulator name has one instance on a broker: two would both follow every
 * request. Who starts asks, and refuses to go on when another one answers. Who runs answers, and
 * keeps a retained descriptor. One that was killed leaves its descriptor behind and does not
 * answer, so it keeps nobody out; and a restart of the same data folder is the same instance.
 */
final class OnlyInstance implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OnlyInstance.class);
  private static final int PROBE_MILLIS = 1_000;
  private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(10);
  private static final Duration ANSWERS_WITHIN = Duration.ofMillis(300);

  /** A descriptor says that somebody was there: worth a longer wait. */
  private static final Duration EXPECTED_WITHIN = Duration.ofSeconds(2);

  private static final Duration LEAVES_WITHIN = Duration.ofSeconds(1);

  private final MqttBus bus;
  private final List<String> names;
  private final Instance self;
  private final AtomicBoolean listens = new AtomicBoolean();

  private OnlyInstance(MqttBus bus, List<String> names, Instance self) {
    this.bus = bus;
    this.names = names;
    this.self = self;
  }

  /** A question that is being asked while other things start. */
  static final class Check {

    private final CompletableFuture<Optional<Failure>> outcome = new CompletableFuture<>();

    /** Of a broker that has just been started by us. */
    static Check nobodyElse() {
      Check check = new Check();
      check.outcome.complete(Optional.empty());
      return check;
    }

    /**
     * Returns when nobody else is there, or the broker could not be asked.
     *
     * @throws Failure.Rejected when another instance serves one of the names
     */
    void await() {
      try {
        Optional<Failure> refusal = outcome.join();
        if (refusal.isPresent()) {
          throw refusal.get();
        }
      } catch (CompletionException notAsked) {
        LOG.warn("Whether another instance serves the same simulators is not known.", notAsked);
      }
    }
  }

  /** Begins to ask. */
  static Check check(MessageBroker broker, List<String> names, Instance self) {
    Check check = new Check();
    Thread.ofVirtual()
        .name("only-instance")
        .start(() -> {
          try {
            check.outcome.complete(ask(broker, names, self));
          } catch (Failure.Unavailable away) {
            LOG.warn("{} Nobody can be asked for another instance.", away.getMessage());
            check.outcome.complete(Optional.empty());
          } catch (RuntimeException | InterruptedException failure) {
            check.outcome.completeExceptionally(failure);
          }
        });
    return check;
  }

  private static Optional<Failure> ask(MessageBroker broker, List<String> names, Instance self)
      throws InterruptedException {
    requireListening(broker);
    try (Bus bus = broker.connect("tutti-who")) {
      Connections.await(bus, CONNECTS_WITHIN);
      Question question = new Question(self);
      List<String> topics =
          names.stream()
              .flatMap(name ->
                  List.of(Instance.descriptorTopic(name), Instance.answerTopic(name)).stream())
              .toList();
      bus.subscribe(topics, question::heard);
      names.forEach(name -> bus.publish(Instance.questionTopic(name), self.encode()));
      return question.await().map(other -> refusal(broker, other, names));
    }
  }

  /** A start does not wait for a broker that is not there: nobody is served by it either. */
  private static void requireListening(MessageBroker broker) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(broker.host(), broker.port()), PROBE_MILLIS);
    } catch (IOException away) {
      throw new Failure.Unavailable(
          "The MQTT broker at %s:%d is not there.".formatted(broker.host(), broker.port()), away);
    }
  }

  /** What is heard while we wait. */
  private static final class Question {

    private final Instance self;
    private final CountDownLatch described = new CountDownLatch(1);
    private final CompletableFuture<Instance> answer = new CompletableFuture<>();

    Question(Instance self) {
      this.self = self;
    }

    void heard(Bus.Arrival arrival) {
      arrival.acknowledge();
      Instance.decode(arrival.payload())
          .filter(other -> !other.isSameAs(self))
          .ifPresent(other -> {
            described.countDown();
            if (arrival.topic().endsWith("/Here")) {
              answer.complete(other);
            }
          });
    }

    Optional<Instance> await() throws InterruptedException {
      Optional<Instance> soon = await(ANSWERS_WITHIN);
      if (soon.isPresent() || described.getCount() > 0) {
        return soon;
      }
      Optional<Instance> later = await(EXPECTED_WITHIN);
      if (later.isEmpty()) {
        LOG.info("Another instance left its descriptor and does not answer: taking its place.");
      }
      return later;
    }

    private Optional<Instance> await(Duration atMost) throws InterruptedException {
      try {
        return Optional.of(answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException nobody) {
        return Optional.empty();
      } catch (ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  private static Failure refusal(MessageBroker broker, Instance other, List<String> names) {
    return new Failure.Rejected(
        Problem.of(
                "second-instance",
                409,
                "The broker at %s:%d has another Tutti for %s: %s."
                    .formatted(broker.host(), broker.port(), String.join(", ", names), other))
            .suggesting(
                "Stop that one, or give this one a name of its own: --simulator-name, or SIMULATOR_NAME."));
  }

  /** Says on the broker that we are here, now and after each connection, and answers who asks. */
  static OnlyInstance announce(MqttBus bus, List<String> names, Instance self) {
    OnlyInstance here = new OnlyInstance(bus, names, self);
    bus.onConnected(here::announce);
    return here;
  }

  private void announce() {
    try {
      if (listens.compareAndSet(false, true)) {
        bus.subscribe(
            names.stream()
                .flatMap(name ->
                    List.of(Instance.questionTopic(name), Instance.descriptorTopic(name)).stream())
                .toList(),
            this::heard);
      }
      names.forEach(name -> bus.publishRetained(Instance.descriptorTopic(name), self.encode()));
    } catch (Failure refused) {
      LOG.warn("This instance cannot say on the broker that it is here: {}", refused.getMessage());
    }
  }

  private void heard(Bus.Arrival arrival) {
    arrival.acknowledge();
    String topic = arrival.topic();
    Optional<Instance> other =
        Instance.decode(arrival.payload()).filter(found -> !found.isSameAs(self));
    if (other.isEmpty()) {
      return;
    }
    String name = topic.substring("/tutti/mso/".length(), topic.lastIndexOf('/'));
    if (topic.equals(Instance.questionTopic(name))) {
      try {
        bus.publish(Instance.answerTopic(name), self.encode());
      } catch (Failure lost) {
        LOG.warn("{} asked who serves {}, and did not hear us.", other.get(), name);
      }
    } else {
      LOG.warn(
          "The broker has the descriptor of {} for {}. If it runs, stop one of the two: both follow every request.",
          other.get(),
          name);
    }
  }

  /** Takes the descriptor away, if the broker is there to do that. */
  @Override
  public void close() {
    if (!bus.health().healthy()) {
      return;
    }
    Thread leaving =
        Thread.ofVirtual()
            .start(() -> {
              try {
                names.forEach(
                    name -> bus.publishRetained(Instance.descriptorTopic(name), new byte[0]));
              } catch (Failure lost) {
                LOG.info(
                    "The descriptor of this instance stays on the broker: {}", lost.getMessage());
              }
            });
    try {
      leaving.join(LEAVES_WITHIN);
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  static Instance self(String token, String version, Optional<URI> address) {
    return Instance.of(Token.fingerprint(token), version, address);
  }
}
