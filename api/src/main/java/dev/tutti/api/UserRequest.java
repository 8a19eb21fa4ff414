package dev.tutti.api;

/**
 * Lets a person sign in.
 *
 * @param name 1 to 63 lower-case letters, digits, {@code . _ -}
 * @param role viewer, operator or admin
 * @param password 10 to 1,000 characters
 */
public record UserRequest(String name, String role, String password) {

  /** Without the password. */
  @Override
  public String toString() {
    return "UserRequest[%s, %s]".formatted(name, role);
  }
}
