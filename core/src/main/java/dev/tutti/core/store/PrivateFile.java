package dev.tutti.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Small files that only their owner may read and that everything else depends on. */
public final class PrivateFile {

  /** How the names of files end that are not complete. */
  public static final String PART = ".part";

  private PrivateFile() {}

  /**
   * Writes it, or writes it anew: whenever the power fails, it is the old one or the new one, and
   * when this returns, it and its name survive that.
   */
  public static void write(Path file, byte[] content) throws IOException {
    Path folder = folder(file);
    Path draft = draft(folder, file, content);
    try {
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
    flushNames(folder);
  }

  /**
   * Writes it unless it is there. Of several that do so at the same time, one is the first, and all
   * find its content afterwards, which then survives the loss of power.
   */
  public static void writeOnce(Path file, byte[] content) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    Path folder = folder(file);
    Path draft = draft(folder, file, content);
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException _) {
      // Theirs counts; its name may not be durable yet.
    } finally {
      Files.delete(draft);
    }
    flushNames(folder);
  }

  /** Makes the names in a folder durable: on Linux a folder is flushed like a file. */
  public static void flushNames(Path folder) throws IOException {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent());
  }

  private static Path draft(Path folder, Path file, byte[] content) throws IOException {
    Path draft =
        Files.createTempFile(
            folder,
            file.getFileName().toString(),
            PART,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
      return draft;
    } catch (IOException full) {
      // On a full disk, half a file is room that others need.
      Files.deleteIfExists(draft);
      throw full;
    }
  }
}
