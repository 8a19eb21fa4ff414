package dev.tutti.backplane.testkit;

import dev.tutti.core.backplane.LogOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** What a simulated workload has said, in memory. */
final class SimulatedOutput {

  private byte[] said = new byte[0];
  private boolean complete;

  synchronized void add(byte[] more) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(said);
    all.writeBytes(more);
    said = all.toByteArray();
    notifyAll();
  }

  synchronized void complete() {
    complete = true;
    notifyAll();
  }

  synchronized InputStream open(LogOptions options) {
    return new Reader(
        startOfLast(options.tail()), options.follow() ? Integer.MAX_VALUE : said.length);
  }

  private int startOfLast(int lines) {
    if (lines < 0) {
      return 0;
    }
    int breaks = 0;
    for (int i = said.length - 1; i >= 0; i--) {
      boolean ends = i == said.length - 1;
      if (lines == 0 || (said[i] == '\n' && !ends && ++breaks == lines)) {
        return i + 1;
      }
    }
    return 0;
  }

  private final class Reader extends InputStream {
    private final int end;
    private int position;
    private boolean closed;

    Reader(int position, int end) {
      this.position = position;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      synchronized (SimulatedOutput.this) {
        try {
          while (!closed && position == said.length && position < end && !complete) {
            SimulatedOutput.this.wait();
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted while the output was followed", e);
        }
        int count = Math.min(length, Math.min(said.length, end) - position);
        if (closed || count <= 0) {
          return -1;
        }
        byte[] part = Arrays.copyOfRange(said, position, position + count);
        System.arraycopy(part, 0, target, offset, count);
        position += count;
        return count;
      }
    }

    @Override
    public void close() {
      synchronized (SimulatedOutput.this) {
        closed = true;
        SimulatedOutput.this.notifyAll();
      }
    }
  }
}
