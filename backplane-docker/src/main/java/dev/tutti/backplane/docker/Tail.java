package dev.tutti.backplane.docker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The last lines of an output. The engine counts pieces of 16 KiB as lines, so it cannot be asked
 * for them; what it keeps is bounded.
 */
final class Tail {

  private Tail() {}

  /** Reads to the end, closes it, and gives the last so many lines. */
  static InputStream of(InputStream output, int lines) throws IOException {
    Deque<byte[]> kept = new ArrayDeque<>();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (output) {
      byte[] chunk = new byte[8 * 1024];
      for (int count = output.read(chunk); count >= 0; count = output.read(chunk)) {
        for (int i = 0; i < count; i++) {
          line.write(chunk[i]);
          if (chunk[i] == '\n') {
            keep(kept, line, lines);
          }
        }
      }
    }
    if (line.size() > 0) {
      keep(kept, line, lines);
    }
    ByteArrayOutputStream tail = new ByteArrayOutputStream();
    for (byte[] last : kept) {
      tail.writeBytes(last);
    }
    return new ByteArrayInputStream(tail.toByteArray());
  }

  private static void keep(Deque<byte[]> kept, ByteArrayOutputStream line, int lines) {
    kept.addLast(line.toByteArray());
    line.reset();
    if (kept.size() > lines) {
      kept.removeFirst();
    }
  }
}
