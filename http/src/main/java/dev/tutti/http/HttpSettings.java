package dev.tutti.http;

import dev.tutti.core.Failure;
import dev.tutti.core.surface.Audit;
import dev.tutti.core.surface.Callers;
import dev.tutti.core.surface.OnceOnly;
import dev.tutti.core.surface.Revisions;
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
 * @param callers knows who may call all but the public endpoints; empty lets anyone do anything
 * @param names further names under which clients may address the server
 * @param heartbeat how often an idle event stream shows that it is alive
 * @param audit keeps who changed what
 * @param onceOnly has requests with a key done once
 * @param revisions tells documents by their revisions
 * @param tls the certificate; empty to speak plain HTTP
 */
public record HttpSettings(
    String host,
    int port,
    Optional<Callers> callers,
    Set<String> names,
    Duration heartbeat,
    HttpLimits limits,
    Audit audit,
    OnceOnly onceOnly,
    Revisions revisions,
    Optional<Tls> tls) {

  public HttpSettings {
    names = Set.copyOf(names);
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
        HttpLimits.defaults(),
        Audit.none(),
        OnceOnly.never(),
        Revisions.none(),
        Optional.empty());
  }

  /** With one token, which may do everything. */
  public HttpSettings withToken(String token) {
    return withCallers(Callers.only("token", token));
  }

  public HttpSettings withCallers(Callers newCallers) {
    return new HttpSettings(
        host,
        port,
        Optional.of(newCallers),
        names,
        heartbeat,
        limits,
        audit,
        onceOnly,
        revisions,
        tls);
  }

  public HttpSettings withHost(String newHost) {
    return new HttpSettings(
        newHost, port, callers, names, heartbeat, limits, audit, onceOnly, revisions, tls);
  }

  public HttpSettings withNames(Set<String> newNames) {
    return new HttpSettings(
        host, port, callers, newNames, heartbeat, limits, audit, onceOnly, revisions, tls);
  }

  public HttpSettings withHeartbeat(Duration newHeartbeat) {
    return new HttpSettings(
        host, port, callers, names, newHeartbeat, limits, audit, onceOnly, revisions, tls);
  }

  public HttpSettings withLimits(HttpLimits newLimits) {
    return new HttpSettings(
        host, port, callers, names, heartbeat, newLimits, audit, onceOnly, revisions, tls);
  }

  public HttpSettings withAudit(Audit newAudit) {
    return new HttpSettings(
        host, port, callers, names, heartbeat, limits, newAudit, onceOnly, revisions, tls);
  }

  public HttpSettings withOnceOnly(OnceOnly newOnceOnly) {
    return new HttpSettings(
        host, port, callers, names, heartbeat, limits, audit, newOnceOnly, revisions, tls);
  }

  public HttpSettings withRevisions(Revisions newRevisions) {
    return new HttpSettings(
        host, port, callers, names, heartbeat, limits, audit, onceOnly, newRevisions, tls);
  }

  public HttpSettings withTls(Tls newTls) {
    return new HttpSettings(
        host,
        port,
        callers,
        names,
        heartbeat,
        limits,
        audit,
        onceOnly,
        revisions,
        Optional.of(newTls));
  }

  /** Whether only programs on this machine can reach the server. */
  public boolean onLoopback() {
    return isLoopback(host);
  }

  /** Whether only programs on this machine can reach who listens there. */
  public static boolean isLoopback(String host) {
    return loopback(0).withHost(host).address().getAddress().isLoopbackAddress();
  }

  InetSocketAddress address() {
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw new Failure.Unavailable("This machine has no address '%s'.".formatted(host), e);
    }
  }

  @Override
  public String toString() {
    return "HttpSettings[%s:%d, tls=%s, callers=%s, names=%s, heartbeat=%s, %s]"
        .formatted(
            host,
            port,
            tls.isPresent(),
            callers.isPresent() ? "by token" : "anyone",
            names,
            heartbeat,
            limits);
  }
}
