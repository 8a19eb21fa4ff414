package dev.tutti.app;

import dev.tutti.broker.BrokerAccount;
import dev.tutti.broker.BrokerSettings;
import dev.tutti.broker.EmbeddedBroker;
import dev.tutti.core.Failure;
import dev.tutti.core.Metrics;
import dev.tutti.core.bus.Bus;
import dev.tutti.mqtt.MqttBus;
import dev.tutti.mqtt.MqttSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The broker that this instance uses: its own, or the one that the configuration names.
 *
 * @param embedded whether it is our own
 */
record MessageBroker(boolean embedded, String host, int port, String username, String password) {

  /** What models call this machine; the backplane knows where it is. */
  static final String THIS_MACHINE = "host.docker.internal";

  private static final int PROBE_MILLIS = 500;

  /** A broker that is being started while other things are. */
  static final class Starting implements AutoCloseable {

    private final Optional<CompletableFuture<EmbeddedBroker>> own;
    private final Configuration.Broker external;

    private Starting(
        Optional<CompletableFuture<EmbeddedBroker>> own, Configuration.Broker external) {
      this.own = own;
      this.external = external;
    }

    /** Waits until clients can connect, if it is our own. */
    MessageBroker await() {
      if (own.isEmpty()) {
        return new MessageBroker(
            false, external.host(), external.port(), external.username(), external.password());
      }
      try {
        EmbeddedBroker broker = own.get().join();
        BrokerAccount account = broker.account();
        return new MessageBroker(
            true, "127.0.0.1", broker.port(), account.user(), account.password());
      } catch (CompletionException failed) {
        if (failed.getCause() instanceof Failure failure) {
          throw failure;
        }
        throw failed;
      }
    }

    /** Asks for another instance, if others can be there. */
    OnlyInstance.Check check(List<String> simulatorNames, Instance self) {
      return own.isPresent()
          ? OnlyInstance.Check.nobodyElse()
          : OnlyInstance.check(await(), simulatorNames, self);
    }

    @Override
    public void close() {
      own.ifPresent(starting -> {
        if (!starting.isCompletedExceptionally()) {
          starting.join().close();
        }
      });
    }
  }

  /**
   * Starts our own broker in the background, unless the configuration names one that is there.
   *
   * @param addresses where it listens
   */
  static Starting start(
      Configuration configuration, Path data, List<String> addresses, Metrics metrics) {
    Configuration.Broker named = configuration.broker();
    if (named.named() && !(named.onThisMachine() && nothingListens(named))) {
      return new Starting(Optional.empty(), named);
    }
    CompletableFuture<EmbeddedBroker> broker = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("broker-start")
        .start(() -> {
          try {
            EmbeddedBroker started = EmbeddedBroker.start(settings(named, data, addresses));
            observe(started, metrics);
            broker.complete(started);
          } catch (RuntimeException | Error failure) {
            broker.completeExceptionally(failure);
          }
        });
    return new Starting(Optional.of(broker), named);
  }

  private static BrokerSettings settings(
      Configuration.Broker named, Path data, List<String> addresses) {
    BrokerAccount account =
        named.username().isEmpty() || named.password().isEmpty()
            ? BrokerAccount.loadOrCreate(data)
            : new BrokerAccount(named.username(), named.password());
    return BrokerSettings.of(account, data.resolve("broker")).listeningOn(addresses, named.port());
  }

  private static void observe(EmbeddedBroker broker, Metrics metrics) {
    metrics.gauge(
        "tutti_broker_clients",
        "Connections to the embedded broker.",
        () -> broker.counts().clients());
    metrics.gauge(
        "tutti_broker_topics",
        "Topics that the embedded broker knows.",
        () -> broker.counts().topics());
    metrics.gauge(
        "tutti_broker_bytes",
        "Bytes of undelivered messages in the embedded broker.",
        () -> broker.counts().bytes());
  }

  private static boolean nothingListens(Configuration.Broker broker) {
    if (broker.port() == 0) {
      return true;
    }
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), broker.port()), PROBE_MILLIS);
      return false;
    } catch (IOException nobody) {
      return true;
    }
  }

  /** The host that models are told. */
  String hostForModels() {
    return isOnThisMachine() ? THIS_MACHINE : host;
  }

  /** Whether models on this machine reach it as this machine. */
  boolean isOnThisMachine() {
    return embedded || new Configuration.Broker(true, host, port, "", "").onThisMachine();
  }

  /** Connects, in the background. */
  Bus connect(String clientIdPrefix) {
    return MqttBus.connect(settings(clientIdPrefix));
  }

  /** A bus that is not connected yet, with a session that the broker keeps while we are away. */
  MqttBus prepare(String clientId) {
    return MqttBus.prepare(settings(clientId).withLastingSession(clientId));
  }

  private MqttSettings settings(String clientId) {
    return MqttSettings.of(host, port, username, password, clientId);
  }

  /** Without the password: records end up in logs. */
  @Override
  public String toString() {
    return "%s:%d (%s, account %s)"
        .formatted(host, port, embedded ? "embedded" : "external", username);
  }
}
