package dev.tutti.app;

import dev.tutti.core.Failure;
import dev.tutti.core.Sha256;
import dev.tutti.core.store.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** The token that lets in whoever can read the data folder: made at the first start, file 0600. */
final class Token {

  static final String FILE = "token";
  private static final int BYTES = 24;
  private static final int FINGERPRINT_BYTES = 6;

  private Token() {}

  /** Names this data folder without giving the token away, the same at each start. */
  static String fingerprint(String token) {
    return HexFormat.of().formatHex(Sha256.of(token), 0, FINGERPRINT_BYTES);
  }

  /** A secret for one purpose, the same at each start, that does not give the token away. */
  static String derived(String token, String purpose) {
    return HexFormat.of().formatHex(Sha256.of(purpose + ":" + token), 0, BYTES);
  }

  static String loadOrCreate(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      if (Files.exists(file)) {
        String token = Files.readString(file).strip();
        if (!token.isEmpty()) {
          return token;
        }
      }
      byte[] random = new byte[BYTES];
      new SecureRandom().nextBytes(random);
      String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
      PrivateFile.write(file, (token + "\n").getBytes(StandardCharsets.US_ASCII));
      return token;
    } catch (IOException unusable) {
      throw new Failure.Unavailable("The token in %s cannot be kept.".formatted(file), unusable);
    }
  }
}
