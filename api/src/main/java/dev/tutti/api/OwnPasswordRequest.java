package dev.tutti.api;

/**
 * A new password for oneself.
 *
 * @param old the one that holds now
 * @param password 10 to 1,000 characters
 */
public record OwnPasswordRequest(String old, String password) {

  /** Without the passwords. */
  @Override
  public String toString() {
    return "OwnPasswordRequest[]";
  }
}
