package dev.tutti.simulations;

import dev.tutti.core.surface.Callers;
import java.time.Duration;
import java.util.Optional;

/**
 * Who may use the original's surface (spec DOTS 3.2, R-S9).
 *
 * @param password of the only user, {@code OAUTH_PASSWORD}; empty when nobody can log in
 * @param secretKey what tokens are signed with, {@code SECRET_KEY}; empty for one that is forgotten
 *     when Tutti ends
 * @param lifetime of a token
 * @param callers whose tokens let in as well, as on our own API; empty for nobody's
 * @param people who may log in beside that user; empty for nobody
 * @param anonymous whether everybody comes in without any on the listener of its own
 */
public record CompatibilityAccess(
    Optional<String> password,
    Optional<String> secretKey,
    Duration lifetime,
    Optional<Callers> callers,
    Optional<SignIn> people,
    boolean anonymous) {

  /** The name of the only user. */
  public static final String USER = "DotsUser";

  /** The original's life time of a token. */
  public static final Duration LIFETIME = Duration.ofMinutes(30);

  public CompatibilityAccess {
    if (password.filter(String::isEmpty).isPresent()
        || secretKey.filter(String::isEmpty).isPresent()) {
      throw new IllegalArgumentException("An empty password or key protects nothing.");
    }
  }

  /** The original's flow and nothing else. */
  public static CompatibilityAccess withPassword(String password, String secretKey) {
    return new CompatibilityAccess(
        Optional.of(password),
        Optional.of(secretKey),
        LIFETIME,
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /** Without what is secret: settings end up in logs. */
  @Override
  public String toString() {
    return "CompatibilityAccess[password=%s, lifetime=%s, anonymous=%s]"
        .formatted(password.isPresent() ? "set" : "none", lifetime, anonymous);
  }
}
