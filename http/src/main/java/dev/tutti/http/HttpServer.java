package dev.tutti.http;

import dev.tutti.core.surface.Surface;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

/** A running HTTP server with its surfaces. */
public final class HttpServer implements AutoCloseable {

  private final HttpProtocol protocol;
  private final Listener listener;
  private final boolean secure;

  private HttpServer(HttpProtocol protocol, Listener listener, boolean secure) {
    this.protocol = protocol;
    this.listener = listener;
    this.secure = secure;
  }

  /**
   * Binds the address and serves.
   *
   * @throws IllegalArgumentException naming everything that is wrong with the routes
   * @throws dev.tutti.core.Failure when the address cannot be bound
   */
  public static HttpServer start(
      HttpSettings settings, List<Surface> surfaces, PrometheusMetrics metrics) {
    Dispatcher dispatcher =
        new Dispatcher(
            RouteTable.of(surfaces), new Doorkeeper(settings), metrics.requestTimes(), settings);
    HttpProtocol protocol = new HttpProtocol(settings.limits(), dispatcher);
    try {
      return new HttpServer(
          protocol, Listener.open(settings, protocol), settings.tls().isPresent());
    } catch (RuntimeException e) {
      protocol.close();
      throw e;
    }
  }

  /** The address that is really bound. */
  public InetSocketAddress address() {
    return listener.address();
  }

  public int port() {
    return address().getPort();
  }

  /** Where a client on this machine finds the server. */
  public URI uri() {
    String host = address().getAddress().isAnyLocalAddress() ? "127.0.0.1" : bare();
    return URI.create("%s://%s:%d".formatted(secure ? "https" : "http", host, port()));
  }

  /** How many clients are connected. */
  public int connections() {
    return listener.size();
  }

  /** Stops within two seconds: answers under way may finish, streams are ended. */
  @Override
  public void close() {
    listener.close();
    protocol.close();
  }

  private String bare() {
    String text = address().getAddress().getHostAddress();
    return text.contains(":") ? "[" + text + "]" : text;
  }
}
