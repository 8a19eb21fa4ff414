package dev.tutti.store;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.store.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** The file that holds the key of a data folder: 64 hexadecimal digits, for its owner alone. */
final class KeyFile {

  private KeyFile() {}

  /** The key in the file; empty when there is no file. */
  static Optional<Seal> load(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
      return Optional.of(new Seal(HexFormat.of().parseHex(text)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IllegalArgumentException noKey) {
      throw new Failure.Rejected(
          Problem.of(
                  "key-invalid",
                  409,
                  "%s is no key: that is one line of %d hexadecimal digits."
                      .formatted(file, 2 * Seal.KEY_BYTES))
              .suggesting("Put back the right file, or let TUTTI_KEY_FILE name it."));
    } catch (IOException unreadable) {
      throw unusable(file, unreadable);
    }
  }

  /** Makes up a key. It is on the disk before anything is sealed with it. */
  static Seal create(Path file) {
    byte[] key = new byte[Seal.KEY_BYTES];
    new SecureRandom().nextBytes(key);
    try {
      String line = HexFormat.of().formatHex(key) + "\n";
      PrivateFile.write(file, line.getBytes(StandardCharsets.US_ASCII));
      return new Seal(key);
    } catch (IOException failure) {
      throw unusable(file, failure);
    }
  }

  private static Failure.Unavailable unusable(Path file, IOException cause) {
    return new Failure.Unavailable(
        "The key file %s cannot be used: %s.".formatted(file, cause), cause);
  }
}
