package dev.tutti.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/**
 * Room on the disk that is held back until it is needed. Filled with noise, because a file system
 * that compresses would keep no room for zeros.
 */
final class ReserveFile {

  private static final int CHUNK = 1 << 20;
  private static final long ANY_SEED = 1;

  private final Path file;
  private final long size;

  ReserveFile(Path file, long size) {
    this.file = file;
    this.size = size;
  }

  long size() {
    return size;
  }

  boolean whole() {
    try {
      return size == 0 || Files.size(file) == size;
    } catch (IOException missing) {
      return false;
    }
  }

  /** Takes the room; half a reserve is none. */
  void make() throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        fill(channel);
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void fill(FileChannel channel) throws IOException {
    byte[] noise = new byte[CHUNK];
    new SplittableRandom(ANY_SEED).nextBytes(noise);
    for (long left = size; left > 0; ) {
      ByteBuffer bytes = ByteBuffer.wrap(noise, 0, (int) Math.min(left, CHUNK));
      left -= bytes.remaining();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  /** Gives the room up; false when there was none. */
  boolean release() {
    try {
      return Files.deleteIfExists(file);
    } catch (IOException readOnly) {
      throw new UncheckedIOException(readOnly);
    }
  }
}
