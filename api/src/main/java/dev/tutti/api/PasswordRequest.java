package dev.tutti.api;

/** A new password of a user, 10 to 1,000 characters. */
public record PasswordRequest(String password) {

  /** Without the password. */
  @Override
  public String toString() {
    return "PasswordRequest[]";
  }
}
