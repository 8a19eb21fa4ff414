package dev.tutti.simulations;

import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** What a login answers with, as OAuth 2 names it. */
@JsonNaming(SnakeCaseStrategy.class)
record Token(String accessToken, String tokenType) {

  /** Without what is secret. */
  @Override
  public String toString() {
    return "Token[" + tokenType + "]";
  }
}
