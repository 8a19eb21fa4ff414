package dev.tutti.app.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** A secret in a file of its own, as container engines mount them. */
final class SecretFile {

  private static final long MOST_BYTES = 64 << 10;

  private SecretFile() {}

  /** The text of the file without the end of its last line; empty, and told, when there is none. */
  static Optional<Written> read(
      String file, String origin, String name, String place, Consumer<Wrong> wrong) {
    try {
      Path path = Path.of(file);
      if (Files.size(path) > MOST_BYTES) {
        throw new IOException("more than 64 KiB");
      }
      String text = Files.readString(path, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
      return Optional.of(new Written(text, origin, name));
    } catch (IOException | RuntimeException unreadable) {
      wrong.accept(
          new Wrong(
              place,
              "%s names %s, which cannot be read: %s".formatted(name, file, unreadable),
              "Name a readable file in UTF-8 that holds the secret and nothing else."));
      return Optional.empty();
    }
  }
}
