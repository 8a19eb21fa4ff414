package dev.tutti.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A log that somebody follows: lines come when the test adds them; reading waits for them. */
final class QuietStream extends InputStream {

  private static final byte[] END = {};

  private final LinkedBlockingQueue<byte[]> lines = new LinkedBlockingQueue<>();
  private final boolean endsByInterrupt;
  private final AtomicInteger closed = new AtomicInteger();

  /**
   * Makes one.
   *
   * @param endsByInterrupt whether a waiting read heeds interrupts; otherwise only closing ends it
   */
  QuietStream(boolean endsByInterrupt) {
    this.endsByInterrupt = endsByInterrupt;
  }

  void add(String line) {
    lines.add(line.getBytes(StandardCharsets.UTF_8));
  }

  void end() {
    lines.add(END);
  }

  /** How often it was closed. */
  int closed() {
    return closed.get();
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    byte[] line = next();
    if (line.length == 0) {
      return -1;
    }
    System.arraycopy(line, 0, into, offset, line.length);
    return line.length;
  }

  private byte[] next() throws IOException {
    while (true) {
      try {
        return lines.take();
      } catch (InterruptedException e) {
        if (endsByInterrupt) {
          throw new IOException("interrupted", e);
        }
      }
    }
  }

  @Override
  public int read() {
    throw new UnsupportedOperationException("nobody reads single bytes");
  }

  @Override
  public void close() {
    closed.incrementAndGet();
    lines.add(END);
  }
}
