package dev.tutti.api;

/**
 * Lets a person sign in.
 *
 * @param name 1 to 63 lower-case letters, digits, {@code . _ -}
 * @param role viewer, operator or admin
 * @param password 10 to 1,000 characters
 */
public record UserRequest(
    @Allowed(pattern = "[a-z0-9][a-z0-9._-]{0,62}") String name,
    @Allowed(words = {"viewer", "operator", "admin"}) String role,
    @Allowed(shortest = 10, longest = 1_000) String password) {

  /** Without the password. */
  @Override
  public String toString() {
    return "UserRequest[%s, %s]".formatted(name, role);
  }
}
