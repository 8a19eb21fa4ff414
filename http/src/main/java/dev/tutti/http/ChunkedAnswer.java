package dev.tutti.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer whose length nobody knows, each piece sent at once (RFC 9112, section 7.1). Helidon's
 * own output stream cannot send the header before the first byte, which a quiet log needs. The
 * connection ends with the answer.
 */
final class ChunkedAnswer {

  /** For every answer: its type is not guessed at, and it is not kept. */
  static final Map<String, String> COMMON_HEADERS =
      Map.of("X-Content-Type-Options", "nosniff", "Cache-Control", "no-store");

  private static final byte[] LAST = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ChannelWriter writer;

  ChunkedAnswer(ChannelWriter writer) {
    this.writer = writer;
  }

  void begin(String mediaType) {
    StringBuilder header = new StringBuilder("HTTP/1.1 200 OK\r\n");
    header.append("Content-Type: ").append(mediaType).append("\r\n");
    COMMON_HEADERS.forEach(
        (name, value) -> header.append(name).append(": ").append(value).append("\r\n"));
    header.append("Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
    writer.write(ByteBuffer.wrap(header.toString().getBytes(StandardCharsets.US_ASCII)));
  }

  void write(byte[] bytes, int length) {
    // An empty chunk would mean the end.
    if (length > 0) {
      byte[] size = (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      ByteBuffer chunk = ByteBuffer.allocate(size.length + length + 2);
      chunk.put(size).put(bytes, 0, length).put((byte) '\r').put((byte) '\n');
      writer.write(chunk.flip());
    }
  }

  void write(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(bytes, bytes.length);
  }

  void end() {
    writer.write(ByteBuffer.wrap(LAST));
  }
}
