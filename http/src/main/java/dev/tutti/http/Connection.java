package dev.tutti.http;

import dev.tutti.http.Waiting.Phase;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection with a client, run by a virtual thread of its own.
 *
 * <p>It knows what it is waiting for and since when, so that the sweeper can end it when the client
 * takes too long. Closing the channel from outside is enough: whatever blocks on it fails at once.
 */
final class Connection implements ConnectionContext, Runnable {

  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  private final SocketChannel channel;
  private final Line line;
  private final HelidonSocket socket;
  private final HttpProtocol protocol;
  private final HttpLimits limits;
  private final String id;
  private final ClientInput input;
  private final DataReader reader;
  private final ChannelWriter writer;

  private final Waiting waiting = new Waiting();
  private volatile boolean stopping;
  private volatile @Nullable Runnable streamEnd;
  private @Nullable Thread watch;

  Connection(Line line, long number, HttpProtocol protocol, HttpLimits limits) throws IOException {
    this.line = line;
    this.channel = line.channel();
    this.protocol = protocol;
    this.limits = limits;
    this.id = Long.toString(number);
    this.socket = line.socket(id);
    this.writer = new ChannelWriter(line.output());
    this.input = new ClientInput(channel, socket, waiting, limits);
    this.reader = DataReader.create(input);
  }

  @Override
  public void run() {
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      // A client may vanish without a word, which a quiet stream would never notice.
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      if (isSecure()) {
        // A handshake has as long as a header.
        waiting.enter(Phase.HEAD);
        line.greet();
        waiting.enter(Phase.IDLE);
      }
      protocol.speak(this);
    } catch (CloseConnectionException | IOException e) {
      log.trace("Connection {} ends: {}", id, e.getMessage());
    } catch (InterruptedException e) {
      // The thread ends with its connection; nobody is left to tell.
      log.trace("Connection {} was interrupted", id);
    } catch (RuntimeException e) {
      log.warn("Connection {} failed", id, e);
    } finally {
      depart();
    }
  }

  /** For an answer that {@link #startStreaming} begins. */
  ChunkedAnswer chunkedAnswer() {
    return new ChunkedAnswer(writer);
  }

  void handling() {
    waiting.enter(Phase.HANDLING);
  }

  void idle() {
    input.startCounting();
    waiting.enter(Phase.IDLE);
  }

  boolean stopping() {
    return stopping;
  }

  /**
   * Begins an answer without an end of its own. Nobody reads the socket meanwhile, so a second
   * thread does, only to see the client leave. The connection serves no further request.
   *
   * @param end what makes the thread of this connection stop; run when the client leaves or the
   *     server stops, perhaps twice
   */
  void startStreaming(Runnable end) {
    streamEnd = end;
    waiting.enter(Phase.STREAMING);
    watch = Thread.ofVirtual().name("http-watch-" + id).start(this::awaitDeparture);
    if (stopping) {
      end.run();
    }
  }

  void finishStreaming() {
    streamEnd = null;
  }

  /** Asks for the end: at once when nothing is under way, else after the current answer. */
  void stop() {
    stopping = true;
    switch (waiting.phase()) {
      case IDLE, HEAD, LINGERING -> cut();
      case STREAMING -> endStream();
      case HANDLING -> {}
    }
  }

  /** Ends it without further words. */
  void cut() {
    try {
      channel.close();
    } catch (IOException e) {
      log.trace("Connection {} did not close", id, e);
    }
  }

  boolean isIdle() {
    return waiting.phase() == Phase.IDLE;
  }

  boolean overdue(long now) {
    return writer.stuck(now, limits.writeTimeout()) || waiting.overdue(now, limits);
  }

  private void awaitDeparture() {
    input.awaitEnd();
    endStream();
  }

  private void endStream() {
    Runnable end = streamEnd;
    if (end != null) {
      end.run();
    }
  }

  /**
   * Closes so that the client gets what was sent: closing with unread input would make the kernel
   * discard it.
   */
  private void depart() {
    // Whoever interrupted this thread has what it wanted; waiting below is bounded.
    boolean wasAsked = Thread.interrupted();
    try {
      if (!input.ended() && !stopping && !wasAsked && channel.isOpen()) {
        waiting.enter(Phase.LINGERING);
        line.endOutput();
        if (watch == null) {
          input.discard();
        } else {
          watch.join(Waiting.LINGER);
        }
      }
      cut();
      if (watch != null) {
        watch.join(Waiting.LINGER);
      }
    } catch (IOException | InterruptedException e) {
      log.trace("Connection {} did not end in peace", id, e);
    } finally {
      cut();
    }
  }

  @Override
  public ListenerContext listenerContext() {
    return protocol;
  }

  @Override
  public ExecutorService executor() {
    return protocol.executor();
  }

  @Override
  public DataWriter dataWriter() {
    return writer;
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public Router router() {
    return protocol.router();
  }

  @Override
  public HelidonSocket serverSocket() {
    return socket;
  }

  @Override
  public PeerInfo remotePeer() {
    return socket.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return socket.localPeer();
  }

  @Override
  public boolean isSecure() {
    return line.tls().isPresent();
  }

  @Override
  public String socketId() {
    return socket.socketId();
  }

  @Override
  public String childSocketId() {
    return id;
  }
}
