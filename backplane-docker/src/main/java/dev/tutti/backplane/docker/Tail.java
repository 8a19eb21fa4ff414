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

  /** Larger than any piece. */
  private static final int PIECE = 64 * 1024;

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

  /**
   * Reads to the end, closes it, and counts the pieces that the last so many lines are kept in.
   *
   * @param output gives one piece at each reading, if there is room for it
   */
  static int pieces(InputStream output, int lines) throws IOException {
    Deque<Integer> kept = new ArrayDeque<>();
    int ofLine = 0;
    try (output) {
      byte[] piece = new byte[PIECE];
      for (int count = output.read(piece); count >= 0; count = output.read(piece)) {
        ofLine++;
        if (piece[count - 1] == '\n') {
          kept.addLast(ofLine);
          ofLine = 0;
        }
        while (kept.size() > lines) {
          kept.removeFirst();
        }
      }
    }
    if (ofLine > 0) {
      kept.addLast(ofLine);
      if (kept.size() > lines) {
        kept.removeFirst();
      }
    }
    return kept.stream().mapToInt(Integer::intValue).sum();
  }

  private static void keep(Deque<byte[]> kept, ByteArrayOutputStream line, int lines) {
    kept.addLast(line.toByteArray());
    line.reset();
    if (kept.size() > lines) {
      kept.removeFirst();
    }
  }
}
