package dev.tutti.app;

import dev.tutti.core.Failure;
import dev.tutti.core.store.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What tells the containers of this data folder from those of others on the same engine: made at
 * the first start, kept in a file, no secret. It is in backups, so that a folder that is restored
 * finds its containers.
 */
final class EngineMark {

  private static final String FILE = "docker-mark";
  private static final int BYTES = 4;
  private static final Pattern FORM = Pattern.compile("[a-z0-9]{1,16}");

  private EngineMark() {}

  static String loadOrCreate(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      byte[] random = new byte[BYTES];
      new SecureRandom().nextBytes(random);
      String madeUp = HexFormat.of().formatHex(random) + "\n";
      PrivateFile.writeOnce(file, madeUp.getBytes(StandardCharsets.US_ASCII));
      String mark = Files.readString(file).strip();
      if (!FORM.matcher(mark).matches()) {
        throw new Failure.Unavailable(
            "%s is damaged: it holds the mark of this folder's containers, eight digits, which the end of their names (docker ps -a) tells."
                .formatted(file));
      }
      return mark;
    } catch (IOException unusable) {
      throw new Failure.Unavailable("The mark in %s cannot be kept.".formatted(file), unusable);
    }
  }
}
