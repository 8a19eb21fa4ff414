package dev.tutti.backplane.process;

import dev.tutti.core.Failure;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads small files, and tells what is not there from what cannot be looked at now, such as for
 * want of a file handle: a process that nobody can see has not ended.
 */
final class TextFile {

  private TextFile() {}

  /**
   * All of a file; empty when it is not there.
   *
   * @throws Failure.Unavailable when it cannot be opened now
   */
  static Optional<String> read(Path file, Charset charset) {
    try {
      return Optional.of(Files.readString(file, charset));
    } catch (NoSuchFileException | AccessDeniedException | NotDirectoryException missing) {
      return Optional.empty();
    } catch (FileSystemException notNow) {
      throw new Failure.Unavailable(
          "%s cannot be opened: %s.".formatted(file, notNow.getMessage()), notNow);
    } catch (IOException endedMeanwhile) {
      // What the kernel says of a process that goes while its file is read.
      return Optional.empty();
    }
  }
}
