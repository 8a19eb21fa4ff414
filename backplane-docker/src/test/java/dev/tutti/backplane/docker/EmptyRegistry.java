package dev.tutti.backplane.docker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A registry of images that has none. It hangs up on TLS at once, which engines try first. */
final class EmptyRegistry implements AutoCloseable {

  private static final int HANDSHAKE = 0x16;
  private static final String GREETING = "{}";
  private static final String UNKNOWN =
      "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}";

  private final ServerSocket door;

  EmptyRegistry() throws IOException {
    door = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::receive);
  }

  int port() {
    return door.getLocalPort();
  }

  private void receive() {
    while (!door.isClosed()) {
      try {
        Socket caller = door.accept();
        Thread.ofVirtual().start(() -> answer(caller));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void answer(Socket caller) {
    try (caller) {
      InputStream in = caller.getInputStream();
      int first = in.read();
      if (first == HANDSHAKE || first < 0) {
        return;
      }
      StringBuilder head = new StringBuilder().append((char) first);
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.read());
      }
      boolean greeting = head.indexOf(" /v2/ ") > 0;
      String body = greeting ? GREETING : UNKNOWN;
      String answer =
          "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
              .formatted(
                  greeting ? "200 OK" : "404 Not Found",
                  body.length(),
                  head.indexOf("HEAD") == 0 ? "" : body);
      caller.getOutputStream().write(answer.getBytes(US_ASCII));
    } catch (IOException gone) {
      // Who hangs up gets no answer.
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException ignored) {
      // It is of no use any more either way.
    }
  }
}
