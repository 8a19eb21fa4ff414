package dev.tutti.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.MqttClientStateException;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3SubAckException;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscribe;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscription;
import dev.tutti.core.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One connection, from CONNECT to its end; it is not made again. What was asked of it and not
 * answered when it ends fails then, and is never sent behind the asker's back on the next one.
 */
final class Connection {
  private static final int NETWORK_THREADS = 2;
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final MqttSettings settings;
  private final Mqtt3AsyncClient client;
  private final Arrivals arrivals;
  private final CompletableFuture<End> end = new CompletableFuture<>();
  private final Map<Long, CompletableFuture<?>> unanswered = new ConcurrentHashMap<>();
  private final AtomicLong questions = new AtomicLong();
  private volatile boolean unwanted;

  /** How it ended, and whether it was the broker that ended it. */
  record End(boolean byBroker, Throwable cause) {}

  /**
   * @param inbox called by the network's thread with all that arrives; it must not wait
   */
  Connection(MqttSettings settings, Consumer<Mqtt3Publish> inbox) {
    this.settings = settings;
    this.client =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier(settings.clientId())
            .executorConfig()
            .nettyThreads(NETWORK_THREADS)
            .applyExecutorConfig()
            .transportConfig()
            .serverHost(settings.host())
            .serverPort(settings.port())
            .socketConnectTimeout(settings.connectWithin().toMillis(), TimeUnit.MILLISECONDS)
            .mqttConnectTimeout(settings.connectWithin().toMillis(), TimeUnit.MILLISECONDS)
            .applyTransportConfig()
            .simpleAuth()
            .username(settings.username())
            .password(settings.password().getBytes(StandardCharsets.UTF_8))
            .applySimpleAuth()
            .addDisconnectedListener(this::ended)
            .buildAsync();
    this.arrivals = new Arrivals(inbox, this::deaf);
    // Before the connection is made: what a lasting session kept arrives with its first bytes.
    client.toRx().publishes(MqttGlobalPublishFilter.ALL, true).subscribe(arrivals);
  }

  /**
   * Mostly the connection ends in this moment and says why. Were it only this that ended, a
   * connection would stay that hears nothing.
   */
  private void deaf(Throwable why) {
    end.completeOnTimeout(new End(false, why), GRACE.toMillis(), TimeUnit.MILLISECONDS);
  }

  void open() throws Trouble, InterruptedException {
    CompletableFuture<?> connected =
        client
            .connectWith()
            .keepAlive((int) settings.keepAlive().toSeconds())
            .cleanSession(settings.cleanSession())
            .send();
    // Who stops waiting for it does not cancel it: the client would keep its thread for ever.
    var _ = connected.thenRun(this::leaveIfUnwanted);
    try {
      // The client watches both time limits itself; this is for the case that it does not.
      await(connected, settings.connectWithin().multipliedBy(2).plus(GRACE));
    } catch (ExecutionException failed) {
      throw Trouble.connecting(settings, failed);
    } catch (TimeoutException tooLate) {
      throw Trouble.connecting(settings, tooLate);
    }
  }

  /** Returns when the broker has confirmed every filter. */
  void subscribe(Filters filters) throws Trouble, InterruptedException {
    Mqtt3Subscribe subscribe =
        Mqtt3Subscribe.builder()
            .addSubscriptions(
                filters.parsed().stream()
                    .map(filter ->
                        Mqtt3Subscription.builder()
                            .topicFilter(filter)
                            .qos(MqttQos.AT_LEAST_ONCE)
                            .build()))
            .build();
    try {
      await(client.subscribe(subscribe), settings.answerWithin());
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof Mqtt3SubAckException refused
          ? new Refused(filters, refused)
          : new Trouble("The connection broke while subscribing.", failed);
    } catch (TimeoutException tooLate) {
      throw new Trouble(
          "The broker did not confirm the subscription to %s within %s."
              .formatted(filters, settings.answerWithin()),
          tooLate);
    }
  }

  /**
   * Sends all of them at once, in order, and returns when the broker has acknowledged each that it
   * acknowledges, and the others have left.
   */
  void publish(List<Mqtt3Publish> messages) {
    List<CompletableFuture<?>> answers = new ArrayList<>(messages.size());
    messages.forEach(message -> answers.add(client.publish(message)));
    int taken = 0;
    try {
      for (CompletableFuture<?> answer : answers) {
        await(answer, settings.answerWithin());
        taken++;
      }
    } catch (ExecutionException failed) {
      if (taken == 0 && failed.getCause() instanceof MqttClientStateException) {
        throw new Failure.Unavailable("The connection to the broker is lost.", failed);
      }
      throw unknown("The connection broke before the broker acknowledged", messages, taken, failed);
    } catch (TimeoutException tooLate) {
      throw unknown(
          "Within %s the broker did not acknowledge".formatted(settings.answerWithin()),
          messages,
          taken,
          tooLate);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw unknown("Interrupted before the broker acknowledged", messages, taken, interrupted);
    } finally {
      answers.subList(taken, answers.size()).forEach(answer -> answer.cancel(true));
    }
  }

  private static Failure.OutcomeUnknown unknown(
      String what, List<Mqtt3Publish> messages, int taken, Exception cause) {
    return new Failure.OutcomeUnknown(
        "%s the message on '%s' (%d of %d)."
            .formatted(what, messages.get(taken).getTopic(), taken + 1, messages.size()),
        cause);
  }

  /** Returns when it is over. */
  End awaitEnd() throws InterruptedException {
    try {
      return end.get();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void leaveIfUnwanted() {
    if (unwanted) {
      var _ = client.disconnect();
    }
  }

  /** Says goodbye if there is somebody to say it to, and waits a moment for that. */
  void close() {
    unwanted = true;
    try {
      if (client.getState().isConnected()) {
        await(client.disconnect(), GRACE);
      }
    } catch (ExecutionException | TimeoutException _) {
      // It is over either way.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    finish(new End(false, new Trouble("closed")));
    arrivals.stop();
  }

  private void ended(MqttClientDisconnectedContext context) {
    finish(new End(context.getSource() == MqttDisconnectSource.SERVER, context.getCause()));
  }

  private void finish(End how) {
    end.complete(how);
    unanswered.forEach((_, answer) -> giveUp(answer, how.cause()));
  }

  /**
   * Waits for an answer, for the end of the connection, or for the time to pass. The client itself
   * would let some answers wait for a next connection.
   */
  private void await(CompletableFuture<?> answer, Duration limit)
      throws ExecutionException, TimeoutException, InterruptedException {
    long question = questions.incrementAndGet();
    unanswered.put(question, answer);
    try {
      if (end.isDone()) {
        giveUp(answer, end.resultNow().cause());
      }
      var _ = answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      unanswered.remove(question);
    }
  }

  /** Cancelling as well makes the client forget it, and with the last one give back its thread. */
  private static void giveUp(CompletableFuture<?> answer, Throwable cause) {
    answer.completeExceptionally(cause);
    answer.cancel(true);
  }

  /** The broker answered no. */
  static final class Refused extends Trouble {
    private static final long serialVersionUID = 1L;

    Refused(Filters filters, Throwable cause) {
      super(
          "The broker refuses the subscription to %s. Give the account the right to it."
              .formatted(filters),
          cause);
    }
  }
}
