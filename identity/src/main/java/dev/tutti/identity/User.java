package dev.tutti.identity;

import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.surface.Role;
import java.time.Instant;

/**
 * A person who may sign in.
 *
 * @param name one word, see {@link Names}
 * @param role the most that the person may do
 * @param hash of the password: Argon2id with its parameters and salt, as {@link Passwords} writes
 *     it
 * @param changed when the password was set; what was signed in before that has ended
 */
record User(String name, Role role, String hash, Instant created, Instant changed) {

  static final DocumentKind<User> KIND =
      DocumentKind.of(
          "user", User.class, user -> new Attributes("", user.name(), user.role().word()));

  /** Without the hash, which can be guessed against. */
  @Override
  public String toString() {
    return "User[%s, %s]".formatted(name, role);
  }
}
