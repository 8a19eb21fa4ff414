package dev.tutti.backplane.docker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.dockerjava.api.exception.DockerException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Asks an engine for what its client has no words for, in the HTTP that is simplest: one question
 * to a connection, and an answer that ends with it.
 */
record PlainQuestion(String host, Duration within) {

  private static final int OK = 200;
  private static final String END_OF_HEAD = "\r\n\r\n";

  /**
   * The body of the answer.
   *
   * @throws DockerException when the engine answered with anything but 200
   */
  byte[] get(String path) throws IOException {
    try (SocketChannel channel = SocketChannel.open(address())) {
      Thread impatient = Thread.ofVirtual().start(() -> closeLater(channel));
      try {
        ByteBuffer question =
            ByteBuffer.wrap("GET %s HTTP/1.0\r\n\r\n".formatted(path).getBytes(US_ASCII));
        while (question.hasRemaining()) {
          channel.write(question);
        }
        InputStream answer = new BufferedInputStream(Channels.newInputStream(channel));
        requireOk(path, head(answer));
        return answer.readAllBytes();
      } finally {
        impatient.interrupt();
      }
    }
  }

  private SocketAddress address() {
    URI address = URI.create(host);
    return "unix".equals(address.getScheme())
        ? UnixDomainSocketAddress.of(address.getPath())
        : new InetSocketAddress(address.getHost(), address.getPort());
  }

  private void closeLater(SocketChannel channel) {
    try {
      Thread.sleep(within);
      channel.close();
    } catch (InterruptedException | IOException answered) {
      // Nobody waits any more.
    }
  }

  private static String head(InputStream answer) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf(END_OF_HEAD) < 0) {
      int next = answer.read();
      if (next < 0) {
        throw new IOException("the answer broke off");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static void requireOk(String path, String head) {
    String[] status = head.split(" ", 3);
    int code = status.length < 2 ? 0 : Integer.parseInt(status[1].strip());
    if (code != OK) {
      throw new DockerException("the answer to %s was %d".formatted(path, code), code);
    }
  }
}
