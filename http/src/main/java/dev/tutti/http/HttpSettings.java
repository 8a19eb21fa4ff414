package dev.tutti.http;

import dev.tutti.core.Failure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Where a server listens and whom it lets in.
 *
 * @param host name or address to bind
 * @param port 0 for a free one
 * @param token what callers of all but the public endpoints have to show; empty lets anyone in
 * @param names further names under which clients may address the server
 * @param heartbeat how often an idle event stream shows that it is alive
 */
public record HttpSettings(
    String host,
    int port,
    Optional<String> token,
    Set<String> names,
    Duration heartbeat,
    HttpLimits limits) {

  public HttpSettings {
    names = Set.copyOf(names);
    if (token.isPresent() && token.get().isBlank()) {
      throw new IllegalArgumentException("The token is blank.");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("There is no port " + port + ".");
    }
    if (!heartbeat.isPositive()) {
      throw new IllegalArgumentException("The heartbeat takes a positive time.");
    }
  }

  /** Listens on this machine only and lets anyone on it in, until a token is set. */
  public static HttpSettings loopback(int port) {
    return new HttpSettings(
        "127.0.0.1",
        port,
        Optional.empty(),
        Set.of(),
        Duration.ofSeconds(15),
        HttpLimits.defaults());
  }

  public HttpSettings withToken(String newToken) {
    return new HttpSettings(host, port, Optional.of(newToken), names, heartbeat, limits);
  }

  public HttpSettings withHeartbeat(Duration newHeartbeat) {
    return new HttpSettings(host, port, token, names, newHeartbeat, limits);
  }

  public HttpSettings withLimits(HttpLimits newLimits) {
    return new HttpSettings(host, port, token, names, heartbeat, newLimits);
  }

  /** Whether only programs on this machine can reach the server. */
  public boolean onLoopback() {
    return address().getAddress().isLoopbackAddress();
  }

  InetSocketAddress address() {
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw new Failure.Unavailable("This machine has no address '%s'.".formatted(host), e);
    }
  }

  /** Without the token: settings end up in logs. */
  @Override
  public String toString() {
    return "HttpSettings[%s:%d, token=%s, names=%s, heartbeat=%s, %s]"
        .formatted(host, port, token.isPresent() ? "set" : "none", names, heartbeat, limits);
  }
}
