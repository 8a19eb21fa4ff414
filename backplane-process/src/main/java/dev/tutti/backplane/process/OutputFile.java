package dev.tutti.backplane.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * What a workload has said, of which only the end is kept. Positions are those since its start: the
 * head is given back to the disk by a hole, so nothing ever moves and the workload notices nothing.
 */
final class OutputFile {

  /** Holes begin and end on these, so that they are whole blocks of any file system. */
  static final long STEP = 64 << 10;

  private static final int CHUNK = 64 << 10;

  private final Path file;
  private final Path startRecord;
  private volatile long start;

  OutputFile(AttemptFolder folder) {
    this.file = folder.output();
    this.startRecord = folder.outputStart();
    this.start = recordedStart();
  }

  private long recordedStart() {
    try {
      return Long.parseLong(Files.readString(startRecord).strip());
    } catch (IOException | NumberFormatException none) {
      return 0;
    }
  }

  Path file() {
    return file;
  }

  /**
   * Where what is kept begins. It moves before the bytes go: what was read from a place at or after
   * a start that is asked for later is real.
   */
  long start() {
    return start;
  }

  FileChannel open() throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ);
  }

  /**
   * Gives up the oldest output beyond the limit.
   *
   * @return false when the file system cannot make holes
   */
  synchronized boolean shorten(long limit) throws IOException {
    long beyond = (Files.size(file) - limit) / STEP * STEP;
    // A hole for every few bytes would be work without end for the disk.
    if (beyond - start < Math.max(STEP, limit / 16 / STEP * STEP)) {
      return true;
    }
    Path next = startRecord.resolveSibling("output.start.next");
    Files.writeString(next, beyond + "\n");
    Files.move(next, startRecord, StandardCopyOption.ATOMIC_MOVE);
    start = beyond;
    return Linux.punchHead(file, beyond);
  }

  /** Where the last so many lines before the end begin; a last one without a line break counts. */
  long startOfLast(int lines, FileChannel channel, long end) throws IOException {
    if (lines < 0) {
      return start;
    }
    if (lines == 0) {
      return end;
    }
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    int breaks = 0;
    for (long to = end; to > start; ) {
      long from = Math.max(start, to - CHUNK);
      chunk.clear().limit((int) (to - from));
      int read = readFully(channel, chunk, from);
      for (int i = read - 1; i >= 0; i--) {
        boolean ends = from + i == end - 1;
        if (chunk.get(i) == '\n' && !ends && ++breaks == lines) {
          return Math.max(start, from + i + 1);
        }
      }
      to = from;
    }
    return start;
  }

  private static int readFully(FileChannel channel, ByteBuffer chunk, long from)
      throws IOException {
    while (chunk.hasRemaining()) {
      if (channel.read(chunk, from + chunk.position()) < 0) {
        break;
      }
    }
    return chunk.position();
  }
}
