package dev.tutti.http;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.NioSocket;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * What a client is connected by: bytes as they are, or within TLS.
 *
 * @param channel the bytes on the wire; closing it ends everything that waits for them
 * @param tls what is around what is said; empty for nothing
 */
record Line(SocketChannel channel, Optional<SSLSocket> tls) {

  static Line plain(SocketChannel channel) {
    return new Line(channel, Optional.empty());
  }

  /** With the certificate of now; the handshake is the first thing that {@link #greet} does. */
  static Line secure(SocketChannel channel, SSLContext context) throws IOException {
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(channel.socket(), null, true);
    return new Line(channel, Optional.of(socket));
  }

  /** Agrees with the client on how to speak. */
  void greet() throws IOException {
    if (tls.isPresent()) {
      tls.get().startHandshake();
    }
  }

  HelidonSocket socket(String id) {
    return tls.<HelidonSocket>map(
            socket -> new SecureSocket(NioSocket.server(channel, id, "http"), socket))
        .orElseGet(() -> NioSocket.server(channel, id, "http"));
  }

  WritableByteChannel output() throws IOException {
    return tls.isPresent() ? Channels.newChannel(tls.get().getOutputStream()) : channel;
  }

  /** Says that nothing more comes. */
  void endOutput() throws IOException {
    if (tls.isPresent()) {
      tls.get().shutdownOutput();
    } else {
      channel.shutdownOutput();
    }
  }
}
