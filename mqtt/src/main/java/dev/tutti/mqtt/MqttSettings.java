package dev.tutti.mqtt;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Which broker to use and how patiently.
 *
 * @param clientId what the broker knows this client by; no two clients of a broker may share it
 * @param keepAlive how long the line may be silent before the other side is asked for a sign
 * @param cleanSession whether the broker forgets this client when the connection ends; if not, it
 *     delivers after a reconnect what was not acknowledged before
 * @param connectWithin how long one attempt to connect may take
 * @param answerWithin how long the broker may take to acknowledge
 * @param shortestPause between two attempts to connect; it doubles up to the longest
 * @param maximumPayload the largest message that is sent
 * @param maximumWaiting how many unacknowledgeable (QoS 0) messages wait for a receiver before more
 *     are dropped; of the others the broker sends only so many at a time
 * @param maximumWaitingBytes the same in bytes
 */
public record MqttSettings(
    String host,
    int port,
    String username,
    String password,
    String clientId,
    Duration keepAlive,
    boolean cleanSession,
    Duration connectWithin,
    Duration answerWithin,
    Duration shortestPause,
    Duration longestPause,
    int maximumPayload,
    int maximumWaiting,
    long maximumWaitingBytes) {

  private static final int MEBIBYTE = 1 << 20;
  private static final int LONGEST_KEEP_ALIVE = 65_535;

  public MqttSettings {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("There is no MQTT broker '%s:%d'.".formatted(host, port));
    }
    if (clientId.isBlank()) {
      throw new IllegalArgumentException("An MQTT client needs an id.");
    }
    if (keepAlive.toSeconds() < 1 || keepAlive.toSeconds() > LONGEST_KEEP_ALIVE) {
      throw new IllegalArgumentException("MQTT's keep-alive is 1 to 65535 seconds.");
    }
    requirePositive(connectWithin);
    requirePositive(answerWithin);
    requirePositive(shortestPause);
    if (longestPause.compareTo(shortestPause) < 0) {
      throw new IllegalArgumentException("The longest pause is shorter than the shortest.");
    }
    if (maximumPayload < 1 || maximumWaiting < 1 || maximumWaitingBytes < maximumPayload) {
      throw new IllegalArgumentException("At least one message must find room to wait.");
    }
  }

  /** The defaults: a random client id after this prefix, a clean session. */
  public static MqttSettings of(
      String host, int port, String username, String password, String clientIdPrefix) {
    return new MqttSettings(
        host,
        port,
        username,
        password,
        clientIdPrefix + "-" + Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, 36),
        Duration.ofSeconds(60),
        true,
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofMillis(100),
        // What waited for the broker is told within two seconds of its return.
        Duration.ofSeconds(1),
        16 * MEBIBYTE,
        100_000,
        64L * MEBIBYTE);
  }

  /** A session the broker keeps under this id while the client is away. */
  public MqttSettings withLastingSession(String id) {
    return new MqttSettings(
        host,
        port,
        username,
        password,
        id,
        keepAlive,
        false,
        connectWithin,
        answerWithin,
        shortestPause,
        longestPause,
        maximumPayload,
        maximumWaiting,
        maximumWaitingBytes);
  }

  public MqttSettings withClientId(String id) {
    return new MqttSettings(
        host,
        port,
        username,
        password,
        id,
        keepAlive,
        cleanSession,
        connectWithin,
        answerWithin,
        shortestPause,
        longestPause,
        maximumPayload,
        maximumWaiting,
        maximumWaitingBytes);
  }

  public MqttSettings withPauses(Duration shortest, Duration longest) {
    return new MqttSettings(
        host,
        port,
        username,
        password,
        clientId,
        keepAlive,
        cleanSession,
        connectWithin,
        answerWithin,
        shortest,
        longest,
        maximumPayload,
        maximumWaiting,
        maximumWaitingBytes);
  }

  public MqttSettings answeringWithin(Duration answer) {
    return new MqttSettings(
        host,
        port,
        username,
        password,
        clientId,
        keepAlive,
        cleanSession,
        connectWithin,
        answer,
        shortestPause,
        longestPause,
        maximumPayload,
        maximumWaiting,
        maximumWaitingBytes);
  }

  public MqttSettings withLimits(int payload, int waiting, long waitingBytes) {
    return new MqttSettings(
        host,
        port,
        username,
        password,
        clientId,
        keepAlive,
        cleanSession,
        connectWithin,
        answerWithin,
        shortestPause,
        longestPause,
        payload,
        waiting,
        waitingBytes);
  }

  String address() {
    return host + ":" + port;
  }

  private static void requirePositive(Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("MQTT's time limits must be positive.");
    }
  }

  @Override
  public String toString() {
    return "MqttSettings[%s@%s, %s]".formatted(username, address(), clientId);
  }
}
