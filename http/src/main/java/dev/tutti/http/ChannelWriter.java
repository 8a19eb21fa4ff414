package dev.tutti.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;

/** Writes to a client at once and in order, and knows since when the client took nothing. */
final class ChannelWriter implements DataWriter {

  private static final int PIECE = 16 * 1024;

  private final WritableByteChannel channel;
  private volatile boolean writing;
  private volatile long writingSince;

  ChannelWriter(WritableByteChannel channel) {
    this.channel = channel;
  }

  boolean stuck(long now, Duration limit) {
    return writing && now - writingSince > limit.toNanos();
  }

  @Override
  public void write(BufferData data) {
    ByteBuffer piece = ByteBuffer.allocate(Math.min(PIECE, data.available()));
    while (!data.consumed()) {
      piece.clear();
      data.writeTo(piece, piece.remaining());
      write(piece.flip());
    }
  }

  void write(ByteBuffer bytes) {
    writing = true;
    try {
      while (bytes.hasRemaining()) {
        writingSince = System.nanoTime();
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new ServerConnectionException("The client cannot be written to", e);
    } finally {
      writing = false;
    }
  }

  @Override
  public void write(BufferData... buffers) {
    for (BufferData buffer : buffers) {
      write(buffer);
    }
  }

  @Override
  public void writeNow(BufferData... buffers) {
    write(buffers);
  }

  @Override
  public void writeNow(BufferData buffer) {
    write(buffer);
  }
}
