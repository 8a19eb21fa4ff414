package dev.tutti.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection that sends requests one after another, and is made again when the server says that
 * it was the last one: as cheap as can be, since whoever measures shares the machine with what is
 * measured.
 */
final class KeptConnection implements AutoCloseable {

  private static final int LATEST_MILLIS = 60_000;
  private static final int BUFFER = 16 * 1024;

  private final int port;
  private Socket socket;
  private InputStream in;
  private boolean over;
  private boolean used;

  KeptConnection(int port) throws IOException {
    this.port = port;
    this.socket = connected(port);
    this.in = new BufferedInputStream(socket.getInputStream(), BUFFER);
  }

  private static Socket connected(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(LATEST_MILLIS);
    return socket;
  }

  /**
   * Sends a request, reads all of its answer, and gives the status. A server may close a connection
   * that nobody used for a while in the moment in which it is used again: that is tried once more,
   * as every client does (RFC 9112, 9.3.1).
   */
  int exchange(byte[] request) throws IOException {
    if (over) {
      renew();
    }
    boolean fresh = !used;
    used = true;
    try {
      send(request);
    } catch (IOException closed) {
      if (fresh) {
        throw closed;
      }
      renew();
      send(request);
    }
    return answer();
  }

  private void renew() throws IOException {
    socket.close();
    socket = connected(port);
    in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    over = false;
  }

  /** Returns when the answer begins. */
  private void send(byte[] request) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(request);
    out.flush();
    in.mark(1);
    if (in.read() < 0) {
      throw new EOFException("the server closed the connection");
    }
    in.reset();
  }

  private int answer() throws IOException {
    String status = line();
    long length = -1;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(15).strip());
      } else if (lower.startsWith("transfer-encoding:")) {
        chunked = lower.contains("chunked");
      } else if (lower.startsWith("connection:")) {
        over = lower.contains("close");
      }
    }
    if (chunked) {
      skipChunks();
    } else if (length >= 0) {
      in.skipNBytes(length);
    } else if (!status.startsWith("204", 9)) {
      // The end of the connection is the end of the answer.
      long _ = in.transferTo(OutputStream.nullOutputStream());
      over = true;
    }
    return Integer.parseInt(status.substring(9, 12));
  }

  private void skipChunks() throws IOException {
    while (true) {
      long size = Long.parseLong(line().strip(), 16);
      in.skipNBytes(size);
      String end = line();
      if (size == 0) {
        if (!end.isEmpty()) {
          throw new IOException("trailers are not expected here: " + end);
        }
        return;
      }
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  /** A request as it goes out. */
  static byte[] request(String method, String path, int port, String token, String body) {
    return "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(method, path, port, token, body.getBytes(StandardCharsets.UTF_8).length, body)
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
