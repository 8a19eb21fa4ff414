package dev.tutti.api;

/** Asks for a token with a name and a password. */
public record SignInRequest(String name, String password) {

  /** Without either: what was typed as a name may be a password. */
  @Override
  public String toString() {
    return "SignInRequest[]";
  }
}
