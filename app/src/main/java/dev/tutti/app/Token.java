package dev.tutti.app;

import dev.tutti.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The token that lets in whoever can read the data folder: made at the first start, file 0600. */
final class Token {

  static final String FILE = "token";
  private static final int BYTES = 24;

  private Token() {}

  static String loadOrCreate(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      if (Files.exists(file)) {
        String token = Files.readString(file).strip();
        if (!token.isEmpty()) {
          return token;
        }
        Files.delete(file);
      }
      byte[] random = new byte[BYTES];
      new SecureRandom().nextBytes(random);
      String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, token + "\n", StandardOpenOption.WRITE);
      return token;
    } catch (IOException unusable) {
      throw new Failure.Unavailable("The token in %s cannot be kept.".formatted(file), unusable);
    }
  }
}
