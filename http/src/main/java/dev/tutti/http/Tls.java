package dev.tutti.http;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of a server, from two files that may change at any time. New connections get what
 * the files hold now; those that stand go on. What cannot be used is not taken: the last good
 * certificate stays, and {@link #trouble} says why.
 */
public final class Tls implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Tls.class);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(1);

  private final Path certificateFile;
  private final Path keyFile;
  private final InstantSource clock;
  private final Thread watch;
  private volatile Loaded loaded;
  private volatile @Nullable String trouble;

  /**
   * A pair of files as it was read.
   *
   * @param digest of both together
   */
  private record Loaded(String digest, Credentials credentials) {}

  private Tls(Path certificateFile, Path keyFile, InstantSource clock) {
    this.certificateFile = certificateFile;
    this.keyFile = keyFile;
    this.clock = clock;
    this.loaded = read();
    this.watch = Thread.ofVirtual().name("http-tls-watch").unstarted(this::watch);
  }

  /**
   * Reads the files, and looks at them again every other second until it is closed.
   *
   * @param certificate PEM, the server's own first, then those that lead to its authority
   * @param key PEM, PKCS #8, not encrypted
   * @throws Failure.Rejected when they cannot be used, saying why and what to do
   */
  public static Tls open(Path certificate, Path key, InstantSource clock) {
    Tls tls = new Tls(certificate, key, clock);
    tls.watch.start();
    return tls;
  }

  /** For the next connection. */
  SSLContext context() {
    return loaded.credentials().context();
  }

  /** When the certificate in use ends. */
  public Instant expires() {
    return loaded.credentials().expires();
  }

  /** Why the files as they are now are not used; empty when they are. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  private Loaded read() {
    byte[] certificate = bytes(certificateFile);
    byte[] key = bytes(keyFile);
    return new Loaded(
        Sha256.hex(certificate, key),
        Credentials.of(certificateFile, certificate, keyFile, key, clock));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new Failure.Rejected(
          Problem.of(
                  "certificate-unusable", 400, "%s cannot be read: %s.".formatted(file, unreadable))
              .suggesting("Name a file in PEM that the server may read."));
    }
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(LOOK);
        look();
      }
    } catch (InterruptedException closed) {
      // Only close interrupts.
    }
  }

  /** The two files are never replaced at once: a pair that does not fit may fit the next time. */
  private void look() {
    try {
      if (loaded.digest().equals(Sha256.hex(bytes(certificateFile), bytes(keyFile)))) {
        trouble = null;
        return;
      }
      loaded = read();
      trouble = null;
      log.info("The certificate in {} is used now; it ends at {}", certificateFile, expires());
    } catch (Failure unusable) {
      String now = unusable.problem().sentence();
      if (!now.equals(trouble)) {
        log.warn("The certificate of before stays in use: {}", now);
      }
      trouble = now;
    }
  }

  @Override
  public void close() {
    watch.interrupt();
    try {
      watch.join(ENDS_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
