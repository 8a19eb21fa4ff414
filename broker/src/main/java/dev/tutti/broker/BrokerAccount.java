package dev.tutti.broker;

import dev.tutti.core.store.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one user and password that every client of the embedded broker presents. */
public record BrokerAccount(String user, String password) {

  /** The name of the file in the data folder: two lines, the user and the password. */
  public static final String FILE = "broker-account";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final int SECRET_BYTES = 24;

  public BrokerAccount {
    if (user.isBlank() || password.isBlank()) {
      throw new IllegalArgumentException("The broker's account needs a user and a password.");
    }
    if ((user + password).chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("The broker's account has a control character in it.");
    }
  }

  /**
   * The account kept in this folder; the first call makes one up and keeps it, readable by its
   * owner alone. Two processes that start together end up with the same one.
   */
  public static BrokerAccount loadOrCreate(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      Files.createDirectories(folder);
      String madeUp = "tutti\n" + secret() + "\n";
      PrivateFile.writeOnce(file, madeUp.getBytes(StandardCharsets.US_ASCII));
      Files.setPosixFilePermissions(file, OWNER_ONLY);
      return load(file);
    } catch (IOException unusable) {
      throw new UncheckedIOException(
          "Cannot keep the broker's account in %s.".formatted(file), unusable);
    }
  }

  private static BrokerAccount load(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 2) {
      throw new IOException(
          "The file does not hold a user and a password, one a line. Delete it to get a new one.");
    }
    return new BrokerAccount(lines.get(0), lines.get(1));
  }

  private static String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Compares in a time that does not depend on how much of the guess is right. */
  boolean admits(@Nullable String givenUser, @Nullable String givenPassword) {
    boolean sameUser = same(user, givenUser);
    boolean samePassword = same(password, givenPassword);
    return sameUser && samePassword;
  }

  private static boolean same(String expected, @Nullable String given) {
    byte[] guess = (given == null ? "" : given).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(guess, expected.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "BrokerAccount[" + user + "]";
  }
}
