package dev.tutti.core.workload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** Reads the last lines of an output as text, however long its lines and whatever its bytes. */
final class LastLines {

  /** Longer lines are cut: the lines are kept in a document. */
  static final int MAX_LINE_CHARACTERS = 1_000;

  /** Of all lines together, as JSON at worst: the document has to hold other things as well. */
  static final int MAX_TOTAL_BYTES = 32 * 1024;

  private static final int MAX_LINE_BYTES = 4 * MAX_LINE_CHARACTERS;

  private LastLines() {}

  static List<String> read(InputStream output, int lines) throws IOException {
    Deque<String> last = new ArrayDeque<>();
    byte[] line = new byte[MAX_LINE_BYTES];
    byte[] chunk = new byte[16 * 1024];
    int length = 0;
    boolean open = false;
    int read;
    while ((read = output.read(chunk)) >= 0) {
      for (int i = 0; i < read; i++) {
        if (chunk[i] == '\n') {
          keep(last, text(line, length), lines);
          length = 0;
          open = false;
        } else {
          open = true;
          if (length < line.length) {
            line[length++] = chunk[i];
          }
        }
      }
    }
    if (open) {
      keep(last, text(line, length), lines);
    }
    return newest(last);
  }

  /** As many of the newest lines as there is room for. */
  private static List<String> newest(Deque<String> last) {
    Deque<String> fitting = new ArrayDeque<>();
    int bytes = 0;
    Iterator<String> newestFirst = last.descendingIterator();
    while (newestFirst.hasNext()) {
      String line = newestFirst.next();
      bytes += jsonBytes(line);
      if (bytes > MAX_TOTAL_BYTES) {
        break;
      }
      fitting.addFirst(line);
    }
    return List.copyOf(fitting);
  }

  /** At most so many: JSON writes a control character as six, and quotes and a comma around. */
  private static int jsonBytes(String line) {
    int bytes = 3;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      bytes += c < ' ' ? 6 : c == '"' || c == '\\' ? 2 : c < 0x80 ? 1 : 3;
    }
    return bytes;
  }

  private static void keep(Deque<String> last, String line, int lines) {
    last.addLast(line);
    if (last.size() > lines) {
      last.removeFirst();
    }
  }

  private static String text(byte[] line, int length) {
    String text = new String(line, 0, length, StandardCharsets.UTF_8).stripTrailing();
    return text.length() <= MAX_LINE_CHARACTERS
        ? text
        : text.substring(0, MAX_LINE_CHARACTERS) + "…";
  }
}
