package dev.tutti.broker;

import dev.tutti.core.Failure;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MQTT broker in this process, for MQTT 3.1.1 and 5. It keeps everything in memory: who needs
 * messages to outlive it takes an external one.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final Duration TENDED_EVERY = Duration.ofMillis(250);
  private static final Duration CLIENTS_LEAVE_WITHIN = Duration.ofSeconds(2);

  private final BrokerSettings settings;
  private final TopicServer server;
  private final Backlog backlog;
  private final FrontDoor door;

  private EmbeddedBroker(
      BrokerSettings settings, TopicServer server, Backlog backlog, FrontDoor door) {
    this.settings = settings;
    this.server = server;
    this.backlog = backlog;
    this.door = door;
  }

  /**
   * Starts the broker; when this returns, it accepts connections.
   *
   * @throws Failure.Unavailable when it cannot listen where it should
   */
  public static EmbeddedBroker start(BrokerSettings settings) {
    Backlog backlog = new Backlog(settings.maximumMemory());
    TopicServer server =
        new TopicServer(
            ArtemisConfiguration.of(settings),
            new OneAccount(settings.account()),
            new BrokerThreads());
    server.addProtocolManagerFactory(new MqttOnly(settings, backlog));
    try {
      server.start();
      backlog.watch(server);
      NettyAcceptor acceptor =
          (NettyAcceptor) server.getRemotingService().getAcceptor(ArtemisConfiguration.ACCEPTOR);
      FrontDoor door = new FrontDoor(acceptor, settings.maximumClients());
      EmbeddedBroker broker = new EmbeddedBroker(settings, server, backlog, door);
      broker.open();
      return broker;
    } catch (Failure refused) {
      stop(server);
      throw refused;
    } catch (Exception failed) {
      stop(server);
      throw new Failure.Unavailable("The embedded broker did not start: " + failed, failed);
    }
  }

  private void open() {
    long period = TENDED_EVERY.toMillis();
    var _ =
        server
            .getScheduledPool()
            .scheduleWithFixedDelay(this::tend, period, period, TimeUnit.MILLISECONDS);
    try {
      door.open(settings.hosts(), settings.port());
    } catch (RuntimeException refused) {
      door.close();
      throw refused;
    }
  }

  /** A failure must not end the schedule: without it memory would have no bound. */
  private void tend() {
    try {
      backlog.tend();
    } catch (RuntimeException failed) {
      LOG.warn("Could not look after the broker's memory; trying again.", failed);
    }
  }

  /** The port it listens on. */
  public int port() {
    return addresses().getFirst().getPort();
  }

  /** Every address it listens on. */
  public List<InetSocketAddress> addresses() {
    return door.addresses();
  }

  /** What every client has to present. */
  public BrokerAccount account() {
    return settings.account();
  }

  /** What it holds now. */
  public BrokerCounts counts() {
    return new BrokerCounts(
        door.clients(),
        server.getPostOffice().getAddresses().size(),
        (int) server.getPostOffice().getAllBindings().count(),
        server.getTotalMessageCount(),
        backlog.bytes(),
        backlog.evicted());
  }

  @Override
  public void close() {
    door.close();
    letClientsLeave();
    stop(server);
  }

  /**
   * Artemis tidies up after each connection in its own time, and complains when stopped amid it.
   */
  private void letClientsLeave() {
    long deadline = System.nanoTime() + CLIENTS_LEAVE_WITHIN.toNanos();
    while (!server.getSessions().isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }
  }

  private static void stop(TopicServer server) {
    try {
      server.stop();
    } catch (Exception failed) {
      LOG.warn("The embedded broker did not stop cleanly.", failed);
    }
    // Artemis leaves alone what it was given.
    server.threads().shutdown();
  }
}
