package dev.tutti.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that may say anything. */
final class RawClient implements AutoCloseable {

  private final Socket socket;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
  }

  RawClient say(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** A request without a body. */
  RawClient ask(String line, String... headers) throws IOException {
    String extra = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return say(line + " HTTP/1.1\r\nHost: localhost\r\n" + extra + "\r\n");
  }

  /** Reads until the text has come. */
  String hearUntil(String text) throws IOException {
    StringBuilder heard = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (heard.indexOf(text) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("The server closed after: " + heard);
      }
      heard.append((char) next);
    }
    return heard.toString();
  }

  /** Reads until a piece ends with the text. */
  void hearPiece(String end) throws IOException {
    byte[] piece = new byte[4096];
    int length = 0;
    String heard = "";
    while (!heard.endsWith(end)) {
      length += socket.getInputStream().read(piece, length, piece.length - length);
      heard = new String(piece, 0, length, StandardCharsets.UTF_8);
    }
  }

  /** Reads until the server closes. */
  String hearAll() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
