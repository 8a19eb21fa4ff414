package dev.tutti.backplane.process;

import dev.tutti.core.backplane.LogOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The output of one workload as a stream, which goes on while it is followed. */
final class LogStream extends InputStream {

  private static final long LONGEST_WAIT_MILLIS = 50;

  private final OutputFile output;
  private final FileChannel channel;
  private final BooleanSupplier ended;
  private final BooleanSupplier detached;
  private final boolean follow;
  private final long end;
  private final CountDownLatch closed = new CountDownLatch(1);
  private long position;

  /**
   * @param ended whether the workload writes nothing more
   * @param detached whether nobody will know any more when it ends
   */
  LogStream(OutputFile output, LogOptions options, BooleanSupplier ended, BooleanSupplier detached)
      throws IOException {
    this.output = output;
    this.ended = ended;
    this.detached = detached;
    this.follow = options.follow();
    this.channel = output.open();
    try {
      this.end = channel.size();
      this.position = output.startOfLast(options.tail(), channel, end);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
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
    for (long wait = 1; ; wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS)) {
      if (closed.getCount() == 0) {
        return -1;
      }
      // Asked before reading: what was written before the end is there when the end is known.
      boolean complete = ended.getAsBoolean();
      int read;
      try {
        read = readWhatIsThere(target, offset, length);
      } catch (ClosedChannelException e) {
        if (closed.getCount() == 0) {
          return -1;
        }
        throw e;
      }
      if (read > 0) {
        return read;
      }
      if (!follow || complete) {
        return -1;
      }
      if (detached.getAsBoolean()) {
        throw new IOException("the backplane was closed while the output was followed");
      }
      pause(wait);
    }
  }

  private int readWhatIsThere(byte[] target, int offset, int length) throws IOException {
    while (true) {
      position = Math.max(position, output.start());
      long limit = follow ? length : Math.min(length, end - position);
      if (limit <= 0) {
        return 0;
      }
      int read = channel.read(ByteBuffer.wrap(target, offset, (int) limit), position);
      if (read <= 0) {
        return 0;
      }
      long kept = output.start();
      if (kept <= position) {
        position += read;
        return read;
      }
      // Some of it may have been the hole already: read again from where it ends.
    }
  }

  private void pause(long millis) throws IOException {
    try {
      boolean ignored = closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the output was followed", e);
    }
  }

  /** May be called while another thread reads, which then sees the end. */
  @Override
  public void close() throws IOException {
    closed.countDown();
    channel.close();
  }
}
