package dev.tutti.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where the embedded broker listens and what it lets clients do.
 *
 * @param hosts the addresses it binds
 * @param port its port on each of them; 0 takes a free one
 * @param account what every client has to present
 * @param folder where files would go if the broker ever had to write one; it writes none
 * @param maximumPayload the largest message in bytes; who sends more is disconnected
 * @param maximumClients how many connections it holds; further ones are closed
 * @param maximumInFlight how many messages a client may leave unacknowledged before it gets more
 * @param maximumMemory how many bytes of undelivered messages it keeps; before it is reached, the
 *     subscriber with the largest backlog loses its connection
 * @param sessionExpiry how long it keeps the subscriptions of a client that went away and asked for
 *     that
 * @param idleTopics how long a topic nobody subscribes to by name is remembered
 */
public record BrokerSettings(
    List<String> hosts,
    int port,
    BrokerAccount account,
    Path folder,
    int maximumPayload,
    int maximumClients,
    int maximumInFlight,
    long maximumMemory,
    Duration sessionExpiry,
    Duration idleTopics) {

  private static final int MEBIBYTE = 1 << 20;

  public BrokerSettings {
    hosts = List.copyOf(hosts);
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("The broker needs an address to listen on.");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("There is no port %d.".formatted(port));
    }
    if (maximumPayload < 1 || maximumPayload > 256 * MEBIBYTE) {
      throw new IllegalArgumentException("The broker's largest message is 1 byte to 256 MiB.");
    }
    if (maximumClients < 1 || maximumInFlight < 1 || maximumInFlight > 65_535) {
      throw new IllegalArgumentException(
          "The broker needs room for at least one client with 1 to 65535 messages in flight.");
    }
    if (maximumMemory < 2L * maximumPayload) {
      throw new IllegalArgumentException(
          "The broker's memory must hold at least two of the largest messages.");
    }
    if (sessionExpiry.isNegative() || idleTopics.isNegative() || idleTopics.isZero()) {
      throw new IllegalArgumentException("The broker's durations must be positive.");
    }
  }

  /** The defaults: the loopback address, port 1883. */
  public static BrokerSettings of(BrokerAccount account, Path folder) {
    return new BrokerSettings(
        List.of("127.0.0.1"),
        1883,
        account,
        folder,
        16 * MEBIBYTE,
        2_000,
        100,
        // A quarter of the heap, as messages are not the only thing in it.
        Math.max(64L * MEBIBYTE, Runtime.getRuntime().maxMemory() / 4),
        Duration.ofHours(1),
        Duration.ofSeconds(30));
  }

  public BrokerSettings listeningOn(List<String> newHosts, int newPort) {
    return new BrokerSettings(
        newHosts,
        newPort,
        account,
        folder,
        maximumPayload,
        maximumClients,
        maximumInFlight,
        maximumMemory,
        sessionExpiry,
        idleTopics);
  }

  public BrokerSettings withMaximumPayload(int bytes) {
    return new BrokerSettings(
        hosts,
        port,
        account,
        folder,
        bytes,
        maximumClients,
        maximumInFlight,
        maximumMemory,
        sessionExpiry,
        idleTopics);
  }

  public BrokerSettings withMaximumClients(int clients) {
    return new BrokerSettings(
        hosts,
        port,
        account,
        folder,
        maximumPayload,
        clients,
        maximumInFlight,
        maximumMemory,
        sessionExpiry,
        idleTopics);
  }

  public BrokerSettings withMaximumInFlight(int messages) {
    return new BrokerSettings(
        hosts,
        port,
        account,
        folder,
        maximumPayload,
        maximumClients,
        messages,
        maximumMemory,
        sessionExpiry,
        idleTopics);
  }

  public BrokerSettings withMaximumMemory(long bytes) {
    return new BrokerSettings(
        hosts,
        port,
        account,
        folder,
        maximumPayload,
        maximumClients,
        maximumInFlight,
        bytes,
        sessionExpiry,
        idleTopics);
  }

  public BrokerSettings forgetting(Duration newSessionExpiry, Duration newIdleTopics) {
    return new BrokerSettings(
        hosts,
        port,
        account,
        folder,
        maximumPayload,
        maximumClients,
        maximumInFlight,
        maximumMemory,
        newSessionExpiry,
        newIdleTopics);
  }
}
