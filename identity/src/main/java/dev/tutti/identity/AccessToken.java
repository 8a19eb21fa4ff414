package dev.tutti.identity;

import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.surface.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token that was given out. The token itself is known to whom it was given, and to nobody else.
 *
 * @param name one word, see {@link Names}; for a sign-in the user's name, a tilde and a number
 * @param role the most that it lets do; a sign-in goes by the role that its user has now
 * @param hash SHA-256 of the token, in hexadecimal digits; enough, for a token cannot be guessed
 * @param user whose sign-in it is; empty for none
 * @param expires from when on it is worth nothing; null for never
 * @param lastUsed to the hour; null for never
 */
record AccessToken(
    String name,
    Role role,
    String hash,
    String user,
    Instant created,
    @Nullable Instant expires,
    @Nullable Instant lastUsed) {

  static final DocumentKind<AccessToken> KIND =
      DocumentKind.of(
          "token",
          AccessToken.class,
          token -> new Attributes("", token.name(), token.role().word()));

  AccessToken usedAt(Instant now) {
    return new AccessToken(name, role, hash, user, created, expires, now);
  }

  /** As if it had been given out then. */
  AccessToken renewedAt(Instant now) {
    return new AccessToken(name, role, hash, user, now, expires, lastUsed);
  }

  boolean isSignIn() {
    return !user.isEmpty();
  }

  boolean hasExpired(Instant now) {
    return expires != null && !now.isBefore(expires);
  }
}
