package dev.tutti.http;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.Supplier;

/** What a client says, until it says no more. */
final class ClientInput implements Supplier<byte[]> {

  /** What may come beside a body, and after all was said. */
  private static final long SLACK = 20_000_000;

  private final SocketChannel channel;
  private final HelidonSocket socket;
  private final Waiting waiting;
  private final HttpLimits limits;
  private volatile boolean ended;
  private long received;

  ClientInput(SocketChannel channel, HelidonSocket socket, Waiting waiting, HttpLimits limits) {
    this.channel = channel;
    this.socket = socket;
    this.waiting = waiting;
    this.limits = limits;
  }

  /** Waits for the next bytes of a request. */
  @Override
  public byte[] get() {
    waiting.beginReceiving();
    byte[] bytes;
    try {
      bytes = socket.get();
    } catch (UncheckedIOException e) {
      ended = true;
      throw new ServerConnectionException("The client cannot be read from", e);
    } finally {
      waiting.endReceiving();
    }
    if (bytes == null) {
      ended = true;
      throw new CloseConnectionException("The client has left");
    }
    if (waiting.phase() == Waiting.Phase.IDLE) {
      waiting.enter(Waiting.Phase.HEAD);
    }
    received += bytes.length;
    // The framing around a body, such as the size of a chunk, has no limit of its own.
    if (received > 2 * limits.maxBodyBytes() + SLACK) {
      throw new CloseConnectionException("The client sends without end");
    }
    return bytes;
  }

  void startCounting() {
    received = 0;
  }

  boolean ended() {
    return ended;
  }

  /** Waits until the client leaves; what it says until then has no meaning. */
  void awaitEnd() {
    try {
      byte[] ignored;
      do {
        ignored = socket.get();
      } while (ignored != null);
    } catch (UncheckedIOException e) {
      // Cut off, by the client or by us.
    }
    ended = true;
  }

  /** Reads on without meaning until the client has noticed that nobody listens. */
  void discard() throws IOException {
    ByteBuffer discarded = ByteBuffer.allocate(8 * 1024);
    long total = 0;
    int count = 0;
    while (count >= 0 && total < SLACK) {
      count = channel.read(discarded.clear());
      total += count;
    }
  }
}
