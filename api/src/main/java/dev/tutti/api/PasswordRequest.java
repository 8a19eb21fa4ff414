package dev.tutti.api;

/** A new password of a user, 10 to 1,000 characters. */
public record PasswordRequest(@Allowed(shortest = 10, longest = 1_000) String password) {

  /** Without the password. */
  @Override
  public String toString() {
    return "PasswordRequest[]";
  }
}
