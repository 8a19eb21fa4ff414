package dev.tutti.http;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections, gives each a virtual thread, and ends those that take too long. */
final class Listener implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Listener.class);
  private static final int BACKLOG = 1024;

  /** How long a client may wait for another one to leave. */
  private static final Duration ROOM = Duration.ofMillis(500);

  /** How long an interrupted endpoint may take to say that the server stops. */
  private static final Duration INTERRUPTED = Duration.ofMillis(200);

  /** How long threads that were cut off may take to notice. */
  private static final Duration CUT = Duration.ofMillis(300);

  private final ServerSocketChannel channel;
  private final InetSocketAddress address;
  private final HttpProtocol protocol;
  private final HttpLimits limits;
  private final Optional<Tls> tls;
  private final Semaphore places;
  private final Map<Connection, Thread> connections = new ConcurrentHashMap<>();
  private final Thread acceptor = Thread.ofVirtual().name("http-accept").unstarted(this::accept);
  private final Thread sweeper = Thread.ofVirtual().name("http-sweep").unstarted(this::sweep);
  private volatile boolean stopping;

  private Listener(ServerSocketChannel channel, HttpProtocol protocol, HttpSettings settings) {
    this.channel = channel;
    this.address = bound(channel);
    this.protocol = protocol;
    this.limits = settings.limits();
    this.tls = settings.tls();
    this.places = new Semaphore(limits.maxConnections());
  }

  private static InetSocketAddress bound(ServerSocketChannel channel) {
    var socket = channel.socket();
    return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
  }

  static Listener open(HttpSettings settings, HttpProtocol protocol) {
    InetSocketAddress address = settings.address();
    try {
      ServerSocketChannel channel = ServerSocketChannel.open();
      try {
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.bind(address, BACKLOG);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
      Listener listener = new Listener(channel, protocol, settings);
      listener.acceptor.start();
      listener.sweeper.start();
      return listener;
    } catch (BindException e) {
      throw new Failure.Rejected(
          Problem.of(
                  "port-taken",
                  503,
                  "Cannot listen on %s:%d: %s."
                      .formatted(settings.host(), settings.port(), e.getMessage()))
              .suggesting("Stop the program that listens there, or choose another port."));
    } catch (IOException e) {
      throw new Failure.Unavailable(
          "Cannot listen on %s:%d.".formatted(settings.host(), settings.port()), e);
    }
  }

  InetSocketAddress address() {
    return address;
  }

  int size() {
    return connections.size();
  }

  private void accept() {
    long number = 0;
    while (!stopping) {
      try {
        seat(channel.accept(), ++number);
      } catch (InterruptedException e) {
        return;
      } catch (IOException e) {
        if (!stopping) {
          // Out of file descriptors, most likely: the sweeper and leaving clients make room.
          log.warn("A connection could not be accepted: {}", e.getMessage());
          pause(ROOM);
        }
      }
    }
  }

  /** Finds a place for a client, if need be that of one who only keeps it. */
  private void seat(SocketChannel client, long number) throws IOException, InterruptedException {
    if (!places.tryAcquire()) {
      connections.keySet().stream().filter(Connection::isIdle).findAny().ifPresent(Connection::cut);
      if (!places.tryAcquire(ROOM.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("All {} connections are in use: a client is sent away", limits.maxConnections());
        client.close();
        return;
      }
    }
    Connection connection;
    try {
      connection = new Connection(line(client), number, protocol, limits);
    } catch (IOException gone) {
      places.release();
      client.close();
      return;
    }
    Thread thread = Thread.ofVirtual().name("http-" + number).unstarted(() -> run(connection));
    connections.put(connection, thread);
    thread.start();
    if (stopping) {
      connection.stop();
    }
  }

  /** What is said over it is not known before the thread of the connection asks. */
  private Line line(SocketChannel client) throws IOException {
    return tls.isPresent() ? Line.secure(client, tls.get().context()) : Line.plain(client);
  }

  private void run(Connection connection) {
    try {
      connection.run();
    } finally {
      connections.remove(connection);
      places.release();
    }
  }

  private void sweep() {
    while (!stopping) {
      pause(interval());
      long now = System.nanoTime();
      for (Connection connection : connections.keySet()) {
        if (connection.overdue(now)) {
          connection.cut();
        }
      }
    }
  }

  /** Often enough for the shortest limit, which tests make very short. */
  private Duration interval() {
    Duration shortest = limits.idleTimeout();
    for (Duration limit :
        new Duration[] {limits.headTimeout(), limits.bodyTimeout(), limits.writeTimeout()}) {
      shortest = limit.compareTo(shortest) < 0 ? limit : shortest;
    }
    return Duration.ofMillis(Math.clamp(shortest.toMillis() / 4, 10, 1_000));
  }

  private void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      // Only close interrupts, and it has set what the loops look at.
      Thread.currentThread().interrupt();
    }
  }

  /** Lets answers under way finish within the limit, then cuts off what is left. */
  @Override
  public void close() {
    stopping = true;
    try {
      channel.close();
    } catch (IOException e) {
      log.warn("The server socket did not close", e);
    }
    acceptor.interrupt();
    sweeper.interrupt();
    connections.keySet().forEach(Connection::stop);
    boolean undisturbed = await(connections.values(), limits.closeTimeout());
    connections.values().forEach(Thread::interrupt);
    undisturbed &= await(connections.values(), INTERRUPTED);
    connections.keySet().forEach(Connection::cut);
    undisturbed &= await(connections.values(), CUT);
    undisturbed &= await(List.of(acceptor, sweeper), CUT);
    if (!connections.isEmpty()) {
      log.warn("{} requests did not end with the server", connections.size());
    }
    if (!undisturbed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for all of them, together no longer than the limit; false when interrupted. */
  private static boolean await(Collection<Thread> threads, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      for (Thread thread : threads) {
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        if (left.isPositive()) {
          thread.join(left);
        }
      }
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
