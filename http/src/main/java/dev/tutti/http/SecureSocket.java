package dev.tutti.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * What is said within TLS. Helidon's own socket for that would shake hands in its constructor, on
 * the thread that accepts.
 *
 * @param wire what is around it
 */
record SecureSocket(HelidonSocket wire, SSLSocket within) implements HelidonSocket {

  private static final int PIECE = 8 * 1024;

  @Override
  public byte @Nullable [] get() {
    byte[] bytes = new byte[PIECE];
    try {
      int count = within.getInputStream().read(bytes);
      return count < 0 ? null : Arrays.copyOf(bytes, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asked for by the interface; nobody calls it. */
  @Override
  @SuppressWarnings("removal")
  public int read(BufferData buffer) {
    byte[] bytes = get();
    if (bytes == null) {
      return -1;
    }
    buffer.write(bytes);
    return bytes.length;
  }

  @Override
  public void write(BufferData buffer) {
    try {
      buffer.writeTo(within.getOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    wire.close();
  }

  @Override
  public void idle() {
    wire.idle();
  }

  @Override
  public boolean isConnected() {
    return wire.isConnected();
  }

  @Override
  public PeerInfo remotePeer() {
    return wire.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return wire.localPeer();
  }

  @Override
  public boolean isSecure() {
    return true;
  }

  @Override
  public String socketId() {
    return wire.socketId();
  }

  @Override
  public String childSocketId() {
    return wire.childSocketId();
  }
}
