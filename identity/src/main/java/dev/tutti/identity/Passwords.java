package dev.tutti.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hashes passwords and compares them, by Argon2id with 19 MiB, two passes and one lane, which is
 * what OWASP asks for at least. Each takes that memory, and a core for about a tenth of a second;
 * so there are few places, and who does not get one soon is asked to come back.
 */
final class Passwords {

  static final int SHORTEST = 10;

  /** Longer ones would only cost time. */
  static final int LONGEST = 1_000;

  private static final int KIBIBYTES = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final Duration BUSY = Duration.ofSeconds(2);

  private final Semaphore places;
  private final Duration patience;
  private final SecureRandom random = new SecureRandom();

  /**
   * Takes no memory yet.
   *
   * @param atOnce how many may be hashed or compared at the same time
   * @param patience how long to wait for a place
   */
  Passwords(int atOnce, Duration patience) {
    this.places = new Semaphore(atOnce, true);
    this.patience = patience;
  }

  /** As many at once as leave half of the machine to others. */
  static Passwords ofThisMachine() {
    return new Passwords(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), BUSY);
  }

  /** What is wrong with a password that somebody wants; empty when nothing is. */
  static Optional<String> wrongWith(String password) {
    return password.length() >= SHORTEST && password.length() <= LONGEST
        ? Optional.empty()
        : Optional.of("password: has to have %d to %d characters".formatted(SHORTEST, LONGEST));
  }

  /** With parameters and a fresh salt. */
  String hash(String password) throws InterruptedException {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return inTurn(() -> Argon.FUNCTION.hash(bytes(password), salt).getResult());
  }

  /** Whether it is the password of a hash; takes the same time whether it is or not. */
  boolean matches(String password, String hash) throws InterruptedException {
    return inTurn(() ->
        Argon2Function.getInstanceFromHash(hash).check(bytes(password), hash.getBytes(UTF_8)));
  }

  private <T> T inTurn(Supplier<T> work) throws InterruptedException {
    if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new Failure.TooMany(
          Problem.of("sign-in-busy", 503, "Too many want to sign in at the same time.")
              .suggesting("Try again in a moment."),
          BUSY);
    }
    try {
      return work.get();
    } finally {
      places.release();
    }
  }

  /** The same letters may come composed or not, by keyboard. */
  private static byte[] bytes(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(UTF_8);
  }

  /** Made when it is first needed: it keeps 19 MiB for itself. */
  private static final class Argon {
    static final Argon2Function FUNCTION =
        Argon2Function.getInstance(KIBIBYTES, PASSES, LANES, HASH_BYTES, Argon2.ID);
  }
}
